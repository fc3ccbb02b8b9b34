package devicehive

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A Payload is what a token says, under the claim "payload". The real server
// writes the properties in this order, and none of JWT's own claims.
type Payload struct {
	Actions     []int    `json:"a"` // nil: none; empty: those of a client
	Expires     *int64   `json:"e"` // milliseconds since 1970
	Type        *int     `json:"t"`
	User        *int64   `json:"u"`
	Networks    []string `json:"n"`  // numbers in digits, or *
	DeviceTypes []string `json:"dt"` // numbers in digits, or *
}

// Types of tokens.
const (
	refreshType = 0
	accessType  = 1
)

// everything stands for all networks or device types in a token.
const everything = "*"

// claims make a Payload known to the JWT library, which checks nothing but the
// signature: the server's tokens end by their payload.
type claims struct {
	jwt.Claims `json:"-"`
	Payload    *Payload `json:"payload"`
}

// signed writes a token of a type that ends at a moment.
func signed(p Payload, tokenType int, end int64, key []byte) (string, error) {
	p.Type, p.Expires = &tokenType, &end
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{Payload: &p})
	token.Header = map[string]any{"alg": "HS256"} // the real server writes no "typ"
	return token.SignedString(key)
}

var parser = jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithoutClaimsValidation())

// A proof is a token and the key that it is held to.
type proof struct{ token, key string }

var proofs = engine.NewMemo[proof, *Payload]()

// tokenKept is up to which length tokens are remembered.
const tokenKept = 4 << 10

// verified reads a token whose signature is right; nil for any other, and for
// one that names no user, type or end. Whether it has ended, and what its user
// is by now, are other questions.
func verified(token string, key []byte) *Payload {
	if len(token) > tokenKept {
		return verify(proof{token, string(key)})
	}
	return proofs.Get(proof{token, string(key)}, verify)
}

func verify(of proof) *Payload {
	var c claims
	_, err := parser.ParseWithClaims(of.token, &c, func(*jwt.Token) (any, error) { return []byte(of.key), nil })
	p := c.Payload
	if err != nil || p == nil || p.User == nil || p.Type == nil || p.Expires == nil {
		return nil
	}
	return p
}

// ended tells whether the token's time is over.
func (p *Payload) ended(now time.Time) bool { return *p.Expires < now.UnixMilli() }

// allows tells whether the token allows one of several actions.
func (p *Payload) allows(wanted []int) bool {
	has := p.Actions
	switch {
	case has == nil:
		return false
	case len(has) == 0:
		has = clientActions
	case slices.Contains(has, anyAction):
		return true
	}
	return slices.ContainsFunc(wanted, func(action int) bool { return slices.Contains(has, action) })
}

// signingKey makes the server's key of its secret: the library it signs with
// takes the secret for base64, passes over what is none, and drops what is
// left over after the last four letters.
func signingKey(secret string) []byte {
	letters := strings.Join(base64Letters.FindAllString(secret, -1), "")
	key, _ := base64.StdEncoding.DecodeString(letters[:len(letters)/4*4])
	return key
}

var base64Letters = regexp.MustCompile(`[A-Za-z0-9+/=]+`)

// Actions are what a token allows. A token names them by their place in this
// list; the first allows everything, the second nothing.
var actions = []string{
	"*", "None", "GetNetwork", "GetDevice", "GetDeviceNotification", "GetDeviceCommand", "RegisterDevice",
	"CreateDeviceCommand", "UpdateDeviceCommand", "CreateDeviceNotification", "GetCurrentUser", "UpdateCurrentUser",
	"ManageUser", "ManageConfiguration", "ManageNetwork", "ManageToken", "ManagePlugin", "GetDeviceType", "ManageDeviceType",
}

const (
	anyAction = 0
	noAction  = 1
)

// clientActions are all that a client's own token allows, ascending.
var clientActions = []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 17}

// actionNumber finds an action by its name, in any letter case, or by its
// number in digits.
func actionNumber(name string) (int, bool) {
	for number, known := range actions {
		if strings.EqualFold(known, name) {
			return number, true
		}
	}
	number, err := strconv.Atoi(name)
	return number, err == nil && number >= 0 && number < len(actions)
}
