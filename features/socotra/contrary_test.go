package socotra_test

import (
	"context"
	"net/http/httptest"
	"testing"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/features/socotra"
	"github.com/rolecall/rolecall/mockserver"
)

// A server may decide every point that the document leaves open otherwise than
// the mock does, and still keep the document.
func TestNoMustRuleFailsAServerThatDecidesOtherwise(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"contrary", "contrary-2"} {
		t.Run(edition, func(t *testing.T) {
			t.Parallel()
			mock, err := mockserver.New(mockserver.Options{APIs: []string{"socotra"}, Editions: map[string]string{"socotra": edition}})
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(mock)
			t.Cleanup(server.Close)
			api, err := socotra.Suite()
			if err != nil {
				t.Fatal(err)
			}
			catalogue, err := conformance.NewCatalogue(api)
			if err != nil {
				t.Fatal(err)
			}
			target := &conformance.Target{Endpoints: map[string]*conformance.Endpoint{"socotra": api.ForMock(server.URL + "/auth")}}
			r, err := catalogue.Run(context.Background(), target, conformance.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, rule := range r.Rules {
				if rule.Level == report.Must && rule.Verdict != report.Pass {
					t.Errorf("%s is %s: %s", rule.ID, rule.Verdict, rule.Reason)
				}
			}
		})
	}
}
