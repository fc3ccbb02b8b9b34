package engine

import "github.com/rolecall/rolecall/schemas"

// State is all records and settings of one API: an immutable value.
type State interface {
	// Copy makes the value that a change may work on; it shares what is not
	// changed and costs the same for one record as for a million.
	Copy() State
	// Tables are all records as fixtures have them, in an order in which tables
	// refer only to earlier ones.
	Tables() []Rows
	// Load makes the state that has other records, under the same settings. What
	// is wrong with a record is the error.
	Load(schemas.Tables) (State, error)
	// Settings are those of the edition as they are now, for people.
	Settings() any
	// Configure makes the state that has some settings changed; the patch is a
	// JSON object. A setting that does not exist or cannot be so is the error.
	Configure(patch []byte) (State, error)
	// Credentials are the accounts to sign in with, for people.
	Credentials() []Credential
	// Administrator is the caller, as SignIn.Who has it, for whom a stranger is
	// taken that a defect lets in.
	Administrator() any
}

// A Credential is one account that the fixtures provide, for the line that
// "serve" prints. Secrets of a mock's fixtures are no secrets.
type Credential struct {
	Role     string `json:"role"`
	Login    string `json:"login"`
	Password string `json:"password,omitempty"`
	Token    string `json:"token,omitempty"`
}
