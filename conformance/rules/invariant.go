package rules

import "github.com/rolecall/rolecall/conformance/report"

// An Invariant is a rule that no Rule block tells: every scenario of an API is
// held to it, whatever the scenario is about. A breach is charged to it, so
// that no other rule looks as if it had found the breach.
type Invariant struct {
	Suffix string // of the rule's id
	title  string
	level  report.Level
	tags   []string
	Unseen string // why it was not judged, where nothing that it judges was seen
}

var (
	Contract = &Invariant{report.ContractSuffix, "Every answer is what the contract says", report.Must, []string{"@contract", "@safe"}, "no answer was seen"}
	Silent   = &Invariant{report.SilentSuffix, "Every answer is what is usual where the documents are silent", report.Should, []string{"@contract", "@safe"}, "no answer was seen"}
	Frame    = &Invariant{report.FrameSuffix, "A change changes what it names, and nothing else", report.Must, []string{"@invariant"}, "no change was seen"}
	Views    = &Invariant{report.ViewsSuffix, "All views of a record agree, also when they are read again", report.Must, []string{"@invariant"}, "no record was seen around a change"}
	Secrets  = &Invariant{report.SecretsSuffix, "No answer tells a secret that is not its to tell", report.Must, []string{"@invariant", "@safe"}, "no answer was seen"}
)

var invariants = []*Invariant{Contract, Silent, Frame, Views, Secrets}

// rule is the invariant as a rule of an API.
func (i *Invariant) rule(api *API) *Rule {
	file := "schemas/" + api.Name + "/openapi.yaml"
	return &Rule{
		ID: api.Prefix + i.Suffix, API: api, Level: i.level, Title: i.title, Source: api.Contract.Title + ", every operation",
		File: file, Line: 1, Tags: append([]string{"@" + api.Name}, i.tags...), Kind: i,
	}
}
