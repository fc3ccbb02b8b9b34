package rules_test

import (
	"testing"

	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/features"
)

func TestShardsAreWrittenAsPartOfParts(t *testing.T) {
	for text, ok := range map[string]bool{
		"": true, "1/1": true, "2/5": true, "5/5": true,
		"0/5": false, "6/5": false, "2": false, "2/": false, "/5": false, "2/5x": false, "+2/5": false, "02/5": false, "a/b": false, "-1/5": false,
	} {
		if s, err := rules.ParseShard(text); (err == nil) != ok || ok && s.String() != text {
			t.Errorf("shard %q: %v, %v; it should be taken: %v", text, s, err, ok)
		}
	}
}

func TestShardsTogetherHoldEveryRuleOnceAndKeepSharersTogether(t *testing.T) {
	catalogue, err := features.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	mocks := map[string]bool{}
	for _, name := range catalogue.Names() {
		mocks[name] = true
	}
	in, sharers := map[string]int{}, map[int]bool{}
	for i := 1; i <= 5; i++ {
		chosen, err := catalogue.Catalogue.Select(rules.Selection{Shard: rules.Shard{Index: i, Of: 5}}, mocks)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range chosen {
			if x.Rule.Invariant() {
				continue // goes along with every shard
			}
			in[x.Rule.ID]++
			for _, tag := range x.Rule.Tags {
				if tag == "@shares-roles" {
					sharers[i] = true
				}
			}
		}
	}
	for _, rule := range catalogue.Rules {
		if !rule.Invariant() && in[rule.ID] != 1 {
			t.Errorf("rule %s is in %d of 5 shards; it should be in one", rule.ID, in[rule.ID])
		}
	}
	if len(sharers) != 1 {
		t.Errorf("the rules that share the target's roles are spread over shards %v; they should be in one", sharers)
	}
}
