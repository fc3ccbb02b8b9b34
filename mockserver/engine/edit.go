package engine

// What defects of every API do to bodies, given as decoded JSON.

// An Edit makes something else of a body.
type Edit = func(c *Call, body any) any

// Set gives an object's property another value.
func Set(name string, value any) Edit {
	return OnObject(func(object map[string]any) { object[name] = value })
}

// Without takes a property from an object.
func Without(name string) Edit {
	return OnObject(func(object map[string]any) { delete(object, name) })
}

// OnList edits a property that is a list and not empty.
func OnList(name string, edit func(list []any) []any) Edit {
	return OnObject(func(object map[string]any) {
		if list, ok := object[name].([]any); ok && len(list) > 0 {
			object[name] = edit(list)
		}
	})
}
