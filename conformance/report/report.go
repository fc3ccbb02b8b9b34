// Package report is what a run of the suite found, as a value, and the forms
// in which it is written: one file a format.
//
// It knows nothing of how a rule is judged. Every format is written from the
// Report alone, so that a report read back from JSON can be written in any form.
package report

import "time"

// Version is the version of the Report as JSON. It changes when a key is
// renamed, removed or given another meaning.
const Version = 1

// A Report is everything that a run found. Secrets are hidden before anything
// enters it.
type Report struct {
	Version    int       `json:"version"`
	Suite      Suite     `json:"suite"`
	Run        string    `json:"run"` // the tag of the run, part of every name it created
	Started    time.Time `json:"started"`
	Took       Duration  `json:"took"`
	Strict     bool      `json:"strict"`                // failed @should rules decide, too
	Demanded   float64   `json:"minCoverage,omitempty"` // percent of the answers that can be provoked that must be seen
	MaxSkipped *int      `json:"maxSkipped,omitempty"`  // rules that may be skipped; nil for any
	Required   []string  `json:"required,omitempty"`    // ids of rules that must pass, whatever their level
	Selected   Selected  `json:"selected"`
	Targets    []Target  `json:"targets"`
	Checks     []Check   `json:"preflight,omitempty"`
	Rules      []Rule    `json:"rules"`
	Coverage   []Pair    `json:"coverage"`
	Left       []Record  `json:"leftBehind,omitempty"`
	Stale      []Waiver  `json:"staleWaivers,omitempty"` // in a strict run, they decide
	Notes      []string  `json:"notes,omitempty"`        // what a reader must know: stale waivers, an interrupted run
	// Interrupted: the run was to end before it had; what it had not judged is no pass.
	Interrupted bool `json:"interrupted,omitempty"`
}

// A Suite says what judged: version and hash of the rules and contracts.
type Suite struct {
	Version string            `json:"version"`
	Rules   string            `json:"rules"`     // SHA-256 over the feature files
	Hashes  map[string]string `json:"contracts"` // SHA-256 over openapi.yaml and schemas, by API
}

// Selected says what was asked for.
type Selected struct {
	APIs  []string `json:"apis,omitempty"`
	Rules []string `json:"rules,omitempty"`
	Tags  string   `json:"tags,omitempty"`
	Allow []string `json:"allow,omitempty"` // "writes", "disruptive"
	Shard string   `json:"shard,omitempty"` // as in "2/5"
}

// A Target is the implementation that was held to one API's rules.
type Target struct {
	API     string `json:"api"`
	URL     string `json:"url"`
	Edition string `json:"edition,omitempty"`
	Mock    bool   `json:"mock"`
}

// A Check is one line of the preflight.
type Check struct {
	API    string  `json:"api"`
	What   string  `json:"what"`
	Result Verdict `json:"verdict"`
	Detail string  `json:"detail,omitempty"` // what was found, or what to do
}

// A Rule is one documented fact and what the run says of it.
type Rule struct {
	ID        string     `json:"id"`
	API       string     `json:"api"`
	Level     Level      `json:"level"`
	Title     string     `json:"title"`
	Source    string     `json:"source"`
	SourceURL string     `json:"sourceUrl,omitempty"` // where the source can be opened
	File      string     `json:"file"`                // of the feature, with forward slashes
	Line      int        `json:"line"`
	Tags      []string   `json:"tags,omitempty"`
	Verdict   Verdict    `json:"verdict"`
	Reason    string     `json:"reason,omitempty"` // why it is not a pass, in one sentence
	Waived    string     `json:"waived,omitempty"` // the reason of the waiver that covers the failure
	Scenarios []Scenario `json:"scenarios,omitempty"`
}

// A Scenario is one way in which a rule was tried.
type Scenario struct {
	Name      string     `json:"name"`
	Line      int        `json:"line"`
	Verdict   Verdict    `json:"verdict"`
	Reason    string     `json:"reason,omitempty"`
	Step      string     `json:"step,omitempty"` // the step that ended it
	StepLine  int        `json:"stepLine,omitempty"`
	Took      Duration   `json:"took"`
	Retries   int        `json:"retries,omitempty"`   // reads that were asked again after trouble on the way
	Exchanges []Exchange `json:"exchanges,omitempty"` // in order; only of scenarios that did not pass

	// Of what an invariant is charged with: its cause, the operations and the view,
	// how often its like was met, further places, and the waiver that covers it.
	Cause     string   `json:"cause,omitempty"`
	Operation string   `json:"operation,omitempty"`
	View      string   `json:"view,omitempty"`
	Count     int      `json:"count,omitempty"`
	Places    []string `json:"places,omitempty"`
	Waived    string   `json:"waived,omitempty"`
}

// An Exchange is one request and its answer, with secrets hidden.
type Exchange struct {
	Operation      string   `json:"operation"`
	As             string   `json:"as,omitempty"`     // who sent it, as in "the administrator"
	Blamed         bool     `json:"blamed,omitempty"` // the reason is about this one
	Method         string   `json:"method"`
	URL            string   `json:"url"`
	RequestHeader  []string `json:"requestHeader,omitempty"` // "Name: value"
	Request        string   `json:"request,omitempty"`
	Status         int      `json:"status,omitempty"` // 0: there was no answer
	ResponseHeader []string `json:"responseHeader,omitempty"`
	Response       string   `json:"response,omitempty"`
	Trouble        string   `json:"trouble,omitempty"`  // why there was no answer
	Breaches       []string `json:"breaches,omitempty"` // of the contract
	Took           Duration `json:"took"`
	Curl           string   `json:"curl,omitempty"` // repeats the request; secrets are shell variables
}

// A Pair is one operation and status of a contract, and how the run met it.
type Pair struct {
	API        string `json:"api"`
	Operation  string `json:"operation"`
	Status     int    `json:"status"`
	Documented bool   `json:"documented"`
	Seen       int    `json:"seen"`                 // answers with this status
	Breached   int    `json:"breached"`             // of those, how many broke the contract
	Ineligible string `json:"ineligible,omitempty"` // why a suite cannot provoke it on a real server
}

// A Record is something that the run created.
type Record struct {
	API  string `json:"api"`
	Kind string `json:"kind"`
	Name string `json:"name"`
	ID   string `json:"id,omitempty"`
	Why  string `json:"why,omitempty"` // it could not be deleted
}

// A Waiver that covers nothing: whoever reads the list of waivers would take
// the target for worse than it is, or the waiver for still agreed.
type Waiver struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
	Stale  string `json:"stale"` // "the rule passes", "expired on 2026-01-31", "names no rule"
}

// A Level says how binding a rule is.
type Level string

const (
	Must     Level = "must"     // the document states it
	Should   Level = "should"   // it follows from the document
	Observed Level = "observed" // seen on deployed servers only
)

// Duration is a time span that JSON shows as text, as in "1.2s".
type Duration time.Duration

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = Duration(v)
	return err
}
