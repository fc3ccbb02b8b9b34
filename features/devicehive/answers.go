package devicehive

// Steps about the answer to the newest When.

func (w *world) noAnswerContainsPassword() error {
	passwords := map[string]string{}
	for name, p := range w.people {
		passwords[name] = p.password
	}
	return w.NoAnswerShows(passwords)
}
