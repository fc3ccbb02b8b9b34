package devicehive

import "fmt"

// The texts with which deployed servers refuse. Clients compare some of them.
const (
	unauthorized       = "Unauthorized"
	tokenExpired       = "Token expired"
	accessDenied       = "Access is denied"
	invalidParameters  = "Invalid request parameters"
	dataNotObject      = "'parameters' must be JSON Object!" // of data; the server does say parameters
	nullObject         = "Error! Validation failed: Object is null"
	unparseableOrder   = "Unparseable sort order : %s"
	userNotFound       = "User with id = %d not found"
	loginNotFound      = "User with login = %s not found or bad password"
	userNotActive      = "User is locked or disabled"
	invalidCredentials = "Invalid credentials"
	emptyCredentials   = "Invalid or empty authorization request parameters"
	oldPasswordMissing = "Old password is required!"
	adminRequired      = "Admin permissions required for this action"
	cannotDeleteSelf   = "You can not delete a user or access key that you use to authenticate this request"
	duplicateLogin     = "User with such login already exists. Please, select another one"
	invalidPassword    = "Password can contain only from 6 to 128 symbols!"
	invalidRole        = "User role is invalid or empty"
	loginNull          = "login field cannot be null."
	loginSize          = "Field login cannot be empty. The length of login should not be more than 128 symbols."
	loginLength        = "Field cannot be empty. The length of login should be from 3 to 128 symbols."
	loginAlphabet      = "Login can contain only lowercase or uppercase letters, numbers, and some special symbols (_@.)"
	passwordSize       = "The length of password should not be more than 128 symbols."
	userNetworkMissing = "Network with id %d for user with id %d was not found"
	userTypeMissing    = "Device type with id %d for user with id %d not found"
	allTypesAllowed    = "Cannot assign device type to user with all device types allowed"
	nameNull           = "name field cannot be null."
	nameSize           = "Field name cannot be empty. The length of name should not be more than 128 symbols."
	descriptionSize    = "The length of description should not be more than 128 symbols."
	mayNotBeNull       = "may not be null"
	wrongTokenType     = "Invalid token type"
	tokenHasExpired    = "Token has expired"
)

// violation is one line of a validation's text; a nil value is shown as null.
func violation(property string, value any, text string) string {
	if value == nil {
		value = "null"
	}
	return fmt.Sprintf("On property %s (value: %v): %s ; ", property, value, text)
}

// invalid is the text of a failed validation: a heading and a line a violation.
func invalid(lines string) string {
	return "Error! Make sure, that the passed object is correct and properly structured. Validation failed: \n" + lines
}
