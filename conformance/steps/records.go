package steps

// Records: made, changed, deleted, and what is seen of them.

func (s *Scene) records() []Sentence {
	return []Sentence{
		Given(`users {names} with`, "makes users with these properties", `users "ann" and "bob" with (table of property and value)`, func(n Names, t Table) error {
			for _, name := range n {
				if err := s.existsWith(Ref{"user", name}, t); err != nil {
					return err
				}
			}
			return nil
		}),
		Given(`a/an {state} user {person}`, "makes a user in a state, as locked, disabled or equipped", `a locked user "ann"`, func(state string, ref Ref) error { return s.exists(ref, nil, state) }),
		Given(`an administrator {person}`, "makes a user who may do what the administrator may", `an administrator "eve"`, func(ref Ref) error { return s.exists(ref, nil, "administrator") }),
		Given(`a {noun} {name}`, "makes a record with what is required", `a user "ann"`, func(k *Kind, name string) error { return s.exists(Ref{k.Noun, name}, nil, "") }),
		Given(`a {noun} {name} with`, "makes a record with these properties", `a role "one" with (table of property and value)`, func(k *Kind, name string, t Table) error { return s.existsWith(Ref{k.Noun, name}, t) }),

		When(`{actor} creates the {noun} {name}`, "creates a record with what is required", `the administrator creates the user "ann"`, func(a Actor, k *Kind, name string) error {
			_, _, err := s.creates(a, k, name)
			return err
		}),
		When(`{actor} creates the {noun} {name} with`, "creates a record with these properties", `the administrator creates the user "ann" with (table of property and value)`, s.createsWith),
		When(`{actor} changes {record}`, "changes these properties of a record", `the administrator changes "ann" (table of property and value)`, s.changesBy),
		When(`{actor} deletes {record}`, "deletes a record", `the administrator deletes "ann"`, s.deletes),
		When(`{actor} reads {record}`, "reads a record", `the administrator reads "ann"`, s.reads),
		When(`{actor} reads itself`, "reads the own account", `"ann" reads itself`, func(a Actor) error { return s.reads(a, a.Who) }),
		When(`{actor} sends {record} back as it was read`, "changes a record to what it is", `the administrator sends "ann" back as it was read`, s.sendsBack),

		Then(`{record} reads back as it was given`, "wants the record to show what it was created with, or changed to", `"ann" reads back as it was given`, s.readsBack),
		Then(`{record} shows`, "wants the record to show these properties", `"ann" shows (table of property and value)`, s.showsThese),
		Then(`{record} shows {property} as {value}`, "wants the record to show a property", `"ann" shows enabled as true`, func(r *Record, p Property, v any) error {
			return s.shows(r, []Setting{{string(p), v}})
		}),
		Then(`{record} is gone`, "wants the record to be in no place that showed it", `"ann" is gone`, s.isGone),
		Then(`{record} is listed {int} time(s)`, "counts the records of its name in the list of all", `"ann" is listed 1 time`, s.isListed),
		Then(`there is no {noun} {name}`, "wants no record to have come to be by that name", `there is no user "ann"`, s.isNone),
		Then(`{record} is unharmed`, "wants all of a record to be as the scenario left it", `"ann" is unharmed`, s.Unharmed),
		Then(`nothing has changed`, "wants every record of the scenario to be as it was left, and none to have come to be", `nothing has changed`, s.NothingHasChanged),
		Then(`the answer carries the id of {record}`, "wants the answer to lead to the new record", `the answer carries the id of "ann"`, s.carriesID),
		Then(`the answer is {record}`, "wants the answer to show the record", `the answer is "ann"`, s.answerIs),
	}
}
