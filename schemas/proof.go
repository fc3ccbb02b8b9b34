package schemas

import (
	"encoding/json"
	"hash/maphash"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// A proof shows, in one pass and without reflection, that a value keeps a
// schema. It never says that one does not: what it cannot show is for the
// library to judge, which takes fifty times as long, and says what is wrong. So
// it may be ignorant of a keyword, but not generous with any.
type proof struct {
	kinds      uint // a bit for each kind that is allowed; all without "type"
	integer    bool // numbers are integers
	properties []property
	required   uint64 // a bit for each property, by its place
	closed     bool   // there are no other properties
	items      *proof // nil for anything, as all that follows
	enum       []string
	pattern    *pattern
	format     string
	min, max   *int64 // of an integer
	length     [2]int // of a string, in characters; the greatest is -1 for any
	size       [2]int // of an array
	all, any   []*proof
	never      bool // it has a keyword that nothing here knows
	seed       maphash.Seed
}

type property struct {
	name  string
	proof *proof
}

const allKinds = 1<<(Object+1) - 1

// kindsNamed are the kinds of a type's name.
var kindsNamed = map[string]uint{
	"null": 1 << Null, "boolean": 1<<True | 1<<False, "object": 1 << Object,
	"array": 1 << Array, "number": 1 << Number, "string": 1 << String, "integer": 1 << Number,
}

// A prover makes the proofs of a folder's schemas, of each file once.
type prover struct {
	raw  map[string][]byte
	made map[string]*proof
}

func (p *prover) file(name string) *proof {
	if p.made[name] == nil {
		made := &proof{}
		p.made[name] = made // before what is within, which may refer to it
		var schema any
		if json.Unmarshal(p.raw[name], &schema) != nil {
			made.never = true
		} else {
			*made = *p.of(schema)
		}
	}
	return p.made[name]
}

func (p *prover) of(schema any) *proof {
	made := &proof{kinds: allKinds, seed: maphash.MakeSeed(), length: [2]int{0, -1}, size: [2]int{0, -1}}
	node, ok := schema.(map[string]any)
	if !ok {
		made.never = schema != true
		return made
	}
	for key, value := range node {
		switch key {
		case "$ref":
			return p.file(value.(string))
		case "type":
			made.types(value)
		case "properties", "required": // below
		case "additionalProperties":
			made.closed, made.never = value == false, made.never || is[map[string]any](value)
		case "items":
			made.items = p.of(value)
		case "enum":
			for _, one := range value.([]any) {
				text, _ := json.Marshal(one) // it was decoded
				made.enum = append(made.enum, string(text))
			}
		case "pattern":
			made.pattern = &pattern{form: regexp.MustCompile(value.(string))}
		case "format":
			made.format = value.(string)
		case "minimum":
			made.min = integral(value, made)
		case "maximum":
			made.max = integral(value, made)
		case "minLength":
			made.length[0] = int(*integral(value, made))
		case "maxLength":
			made.length[1] = int(*integral(value, made))
		case "minItems":
			made.size[0] = int(*integral(value, made))
		case "maxItems":
			made.size[1] = int(*integral(value, made))
		case "allOf":
			made.all = p.each(value)
		case "anyOf":
			made.any = p.each(value)
		case "$schema", "title", "description", "default", "examples", "readOnly", "x-secret", "x-strict":
		default:
			made.never = true
		}
	}
	p.members(made, node)
	return made
}

func integral(value any, of *proof) *int64 {
	n := int64(value.(float64))
	of.never = of.never || float64(n) != value
	return &n
}

func (p *prover) each(schemas any) (made []*proof) {
	for _, schema := range schemas.([]any) {
		made = append(made, p.of(schema))
	}
	return made
}

func (p *proof) types(value any) {
	names, several := value.([]any)
	if !several {
		names = []any{value}
	}
	p.kinds = 0
	for _, name := range names {
		p.kinds |= kindsNamed[name.(string)]
	}
	p.integer = slices.Contains(names, "integer") && !slices.Contains(names, "number")
}

func (p *prover) members(of *proof, schema map[string]any) {
	named, _ := schema["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(named)) {
		of.properties = append(of.properties, property{name, p.of(named[name])})
	}
	needed, _ := schema["required"].([]any)
	for _, name := range needed {
		place := slices.IndexFunc(of.properties, func(m property) bool { return m.name == name })
		of.never = of.never || place < 0 || place > 63
		of.required |= 1 << max(place, 0)
	}
}

// shows tells whether a value is proved to keep the schema.
func (p *proof) shows(text []byte, nodes []node) bool {
	n := &nodes[0]
	if p.never || p.kinds&(1<<n.kind) == 0 {
		return false
	}
	raw := text[n.from:n.to]
	if n.size < worthKnowing {
		return p.showsAnew(text, nodes, raw)
	}
	known, hash := p.knows(raw)
	if known.Load() == hash {
		return true
	}
	shown := p.showsAnew(text, nodes, raw)
	if shown {
		known.Store(hash)
	}
	return shown
}

// What was proved is a look-up: the role that many users have is proved once.
// Only hashes are kept, each in the one place where it may be, instead of what
// was there before.
var proved [1 << 13]atomic.Uint64

// worthKnowing is from how many nodes on a value is looked up.
const worthKnowing = 12

// knows finds where the hash of a text is, if it was proved.
func (p *proof) knows(text []byte) (place *atomic.Uint64, hash uint64) {
	hash = maphash.Bytes(p.seed, text)
	return &proved[hash%uint64(len(proved))], hash
}

func (p *proof) showsAnew(text []byte, nodes []node, raw []byte) bool {
	n := &nodes[0]
	if p.enum != nil && !slices.ContainsFunc(p.enum, func(one string) bool { return one == string(raw) }) {
		return false
	}
	switch n.kind {
	case Object:
		if !p.object(text, nodes[1:]) {
			return false
		}
	case Array:
		if !p.array(text, nodes[1:]) {
			return false
		}
	case String:
		if (p.length != [2]int{0, -1} || p.pattern != nil || p.format != "") && !p.string(Value{text, nodes}) {
			return false
		}
	case Number:
		if (p.integer || p.min != nil || p.max != nil || p.format != "") && !p.number(raw) {
			return false
		}
	}
	shown := func(x *proof) bool { return x.shows(text, nodes) }
	return (p.any == nil || slices.ContainsFunc(p.any, shown)) &&
		(p.all == nil || !slices.ContainsFunc(p.all, func(x *proof) bool { return !shown(x) }))
}

// object looks for each member first behind the one before: answers have their
// properties in one order.
func (p *proof) object(text []byte, nodes []node) bool {
	found, place := uint64(0), 0
	for len(nodes) > 1 {
		name, size := &nodes[0], nodes[1].size
		if name.escaped {
			return false
		}
		known := p.known(text[name.from+1:name.to-1], place)
		switch {
		case known < 0 && p.closed:
			return false
		case known >= 0:
			if !p.properties[known].proof.shows(text, nodes[1:1+size]) {
				return false
			}
			found |= 1 << known
			place = known + 1
		}
		nodes = nodes[1+size:]
	}
	return found&p.required == p.required
}

func (p *proof) known(name []byte, from int) int {
	for i := range p.properties {
		if at := (from + i) % len(p.properties); p.properties[at].name == string(name) {
			return at
		}
	}
	return -1
}

func (p *proof) array(text []byte, nodes []node) bool {
	count := 0
	for ; len(nodes) > 0; count++ {
		size := nodes[0].size
		if p.items != nil && !p.items.shows(text, nodes[:size]) {
			return false
		}
		nodes = nodes[size:]
	}
	return count >= p.size[0] && (p.size[1] < 0 || count <= p.size[1])
}

func (p *proof) string(v Value) bool {
	if v.nodes[0].escaped {
		return p.text([]byte(v.String()))
	}
	return p.text(v.text[v.nodes[0].from+1 : v.nodes[0].to-1])
}

func (p *proof) text(text []byte) bool {
	if characters := utf8.RuneCount(text); characters < p.length[0] || p.length[1] >= 0 && characters > p.length[1] {
		return false
	}
	return (p.pattern == nil || p.pattern.matches(text)) && (p.format == "" || validFormat(p.format, string(text)))
}

// number shows integers in their usual spelling only.
func (p *proof) number(raw []byte) bool {
	n, err := strconv.ParseInt(string(raw), 10, 64)
	within := p.format != "int32" || n == int64(int32(n))
	return err == nil && within && (p.min == nil || n >= *p.min) && (p.max == nil || n <= *p.max)
}

// A pattern remembers the texts that it has matched, the first few: most are
// names from a short list.
type pattern struct {
	form    *regexp.Regexp
	matched atomic.Pointer[map[string]bool]
	adding  sync.Mutex
}

const textsMatched, longestMatched = 256, 64

func (p *pattern) matches(text []byte) bool {
	known := p.matched.Load()
	if known != nil && (*known)[string(text)] {
		return true
	}
	if !p.form.Match(text) {
		return false
	}
	if len(text) <= longestMatched && (known == nil || len(*known) < textsMatched) {
		p.adding.Lock()
		defer p.adding.Unlock()
		more := map[string]bool{strings.Clone(string(text)): true}
		if known = p.matched.Load(); known != nil {
			maps.Copy(more, *known)
		}
		p.matched.Store(&more)
	}
	return true
}

// parsers are kept for the nodes of answers, which nobody reads afterwards.
var parsers = sync.Pool{New: func() any { return new(parser) }}

// proves tells whether a document is proved to keep the schema.
func (p *proof) proves(document []byte) bool {
	if known, hash := p.knows(document); known.Load() == hash {
		return true
	}
	reader := parsers.Get().(*parser)
	defer parsers.Put(reader)
	*reader = parser{text: document, nodes: reader.nodes[:0], limit: deepest}
	shown := utf8.Valid(document) && reader.document() && p.shows(document, reader.nodes)
	reader.text = nil
	return shown
}
