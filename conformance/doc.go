// Package conformance is the suite. It is empty: what it does stands in its
// rooms, and its tests hold them together to an API that is made up.
//
//   - rules: the catalogue that features are read into, and what is chosen of it
//   - target: the implementation under test, and the file that names it
//   - world: one scenario's view of the target
//   - steps: the one library of sentences
//   - invariants: what every scenario is held to, whatever it is about
//   - run: select, preflight, execute, aggregate
//   - report: what a run came to, one format a file
//   - audit: who tests the tester
package conformance
