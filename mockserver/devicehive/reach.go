package devicehive

import "slices"

// A token names the networks and device types that it is for. They limit what
// the caller sees of networks and device types; they never limit the methods
// of users.

// covers tells whether a token is for one of the kind: because it says so, or
// because it need not, the user being allowed them all.
func (k *kind) covers(caller *Caller, id int64) bool {
	listed := k.listed(caller.Token)
	return k.all(caller.User) || slices.Contains(listed, everything) || slices.Contains(listed, key(id))
}

// reaches tells whether the caller may see one of the kind. A client to whom
// not all are allowed has to be assigned it as well.
func (k *kind) reaches(caller *Caller, id int64) bool {
	free := caller.User.Role != client || k.all(caller.User)
	return k.covers(caller, id) && (free || slices.Contains(k.of(caller.User).ids, id))
}
