package socotra

import (
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong about callers.

// renewTokens lets no token expire.
func renewTokens(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		text, _ := bearer(c.Header)
		if t, known := currentState(c).tokens.Get(text); known && !t.Expires.IsZero() && !c.Now().Before(t.Expires) {
			renewed := *t
			renewed.Expires = time.Time{}
			c.Update(func(next engine.State) { next.(*State).tokens.Put(text, &renewed) })
		}
		return next(c)
	}
}

// lacksAny tells whether the caller lacks any of the operation's permissions.
func lacksAny(c *engine.Call) bool {
	s := currentState(c)
	who := s.presenting(c)
	needed := without(permissionsFor(c), []string{"custom"})
	return who != nil && slices.ContainsFunc(needed, func(p string) bool { return !who.permits(s, p) })
}

// onlyItself tells whether the caller comes by being the user in question, and
// by no permission.
func onlyItself(c *engine.Call) bool {
	s := currentState(c)
	who := s.presenting(c)
	if who == nil || !strings.EqualFold(who.user.Locator, c.Path["locator"]) {
		return false
	}
	return !slices.ContainsFunc(permissionsFor(c), func(p string) bool { return who.permits(s, p) })
}

// presenting is who presents the call's token; nil for nobody.
func (s *State) presenting(c *engine.Call) *Caller {
	text, _ := bearer(c.Header)
	if t, known := s.tokens.Get(text); known {
		if u := s.userAt(t.User); u != nil {
			return &Caller{u, s.permissionsOf(u)}
		}
	}
	return nil
}

// targetUnknown tells whether the path names a user or role that is not there.
func targetUnknown(c *engine.Call) bool {
	s, locator := currentState(c), c.Path["locator"]
	if strings.HasPrefix(c.Operation.Path, "/roles/") {
		return locator != "" && s.roleAt(locator) == nil
	}
	return isUUID(locator) && s.userAt(locator) == nil
}
