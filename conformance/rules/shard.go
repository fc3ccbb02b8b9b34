package rules

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// A Shard is one part of the rules, for runs that are split over machines. The
// zero Shard is all of them.
type Shard struct{ Index, Of int } // Index from 1

// ParseShard reads "2/5".
func ParseShard(text string) (s Shard, err error) {
	if text == "" {
		return s, nil
	}
	if n, err := fmt.Sscanf(text, "%d/%d", &s.Index, &s.Of); n != 2 || err != nil || fmt.Sprintf("%d/%d", s.Index, s.Of) != text || s.Index < 1 || s.Index > s.Of {
		return s, fmt.Errorf("shard %q: write part and number of parts, as in 2/5", text)
	}
	return s, nil
}

func (s Shard) String() string {
	if s.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Of)
}

// Sharing begins the tag of rules that use up the same record of a target.
const Sharing = "@shares-"

// holds tells whether a rule is in the shard. It depends on the rule alone, so
// that it stays in its shard when others come or go. Rules that share a record
// stay together: in shards of their own, one would find it as another left it.
func (s Shard) holds(r *Rule) bool {
	if s.Of == 0 {
		return true
	}
	id := r.ID
	for _, tag := range r.Tags {
		if strings.HasPrefix(tag, Sharing) {
			id = tag
		}
	}
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32()%uint32(s.Of))+1 == s.Index
}
