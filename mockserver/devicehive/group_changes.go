package devicehive

import (
	"net/http"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func (k *kind) insert(c *engine.Call) (engine.Response, error) {
	s, body := stateOf(c), c.JSON()
	if err := c.Check(body.IsObject(), "DH-PROTO-01", http.StatusBadRequest, nullObject); err != nil {
		return engine.Response{}, err
	}
	next := k.next(s)
	g := &Group{ID: *next}
	if err := c.Check(given(body.Get("name")), "DH-GROUP-02", http.StatusBadRequest, "%s", invalid(violation("name", nil, nameNull))); err != nil {
		return engine.Response{}, err
	}
	if err := k.fill(c, g, body); err != nil {
		return engine.Response{}, err
	}
	k.table(s).Put(g.ID, g)
	*next++
	return engine.Response{Status: http.StatusCreated, Body: map[string]int64{"id": g.ID}}, nil
}

func (k *kind) update(c *engine.Call) (engine.Response, error) {
	old, err := k.lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	g := *old
	if err := k.fill(c, &g, c.JSON()); err != nil {
		return engine.Response{}, err
	}
	k.table(stateOf(c)).Put(g.ID, &g)
	return engine.NoContent()
}

// fill sets what the body names; what it does not name stays.
func (k *kind) fill(c *engine.Call, g *Group, body gjson.Result) error {
	if name := body.Get("name"); given(name) {
		g.Name = name.String()
		size := utf8.RuneCountInString(g.Name)
		if err := c.Check(size >= 1 && size <= 128, "DH-GROUP-02", http.StatusBadRequest, "%s", invalid(violation("name", g.Name, nameSize))); err != nil {
			return err
		}
		for id, other := range k.table(stateOf(c)).All {
			if err := c.Check(other.Name != g.Name || id == g.ID, "DH-GROUP-02", http.StatusForbidden, "%s", k.duplicate); err != nil {
				return err
			}
		}
	}
	if description := body.Get("description"); given(description) {
		text := description.String()
		g.Description = &text
		short := utf8.RuneCountInString(text) <= 128
		return c.Check(short, "DH-GROUP-02", http.StatusBadRequest, "%s", invalid(violation("description", text, descriptionSize)))
	}
	return nil
}

// remove deletes one of the kind, and takes it from every user who has it.
func (k *kind) remove(c *engine.Call) (engine.Response, error) {
	g, err := k.lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	s := stateOf(c)
	for _, id := range k.members(s, g.ID) {
		if u, ok := s.users.Get(id); ok {
			s.change(u, func(u *User) { k.leave(u, g.ID) })
		}
	}
	k.table(s).Delete(g.ID)
	return engine.NoContent()
}
