package socotra_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/features/socotra"
)

// The matrix of permissions is written out in the features where callers differ
// by operation; it must agree with what the contract says of each.
func TestThePermissionMatrixIsComplete(t *testing.T) {
	api, err := socotra.Suite()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := run.NewCatalogue(api)
	if err != nil {
		t.Fatal(err)
	}
	var wanted, written []string
	for _, op := range api.Contract.Documented() {
		for _, p := range op.Extensions["x-permissions"].([]any) {
			if p != "custom" {
				wanted = append(wanted, fmt.Sprintf("%s with just %s", op.ID, p), op.ID+" with every other permission for users and roles")
			}
		}
	}
	for _, id := range []string{"SO-AUTH-02", "SO-AUTH-06"} {
		for _, s := range catalogue.Rule(id).Scenarios {
			written = append(written, s.Name)
		}
		for _, name := range []string{"Each operation by a user without any role", "Each operation by a user whose role permits nothing", "Each operation by the administrator"} {
			if !slices.Contains(written, name) {
				t.Errorf("%s lacks %q", id, name)
			}
		}
	}
	for _, name := range wanted {
		if !slices.Contains(written, name) {
			t.Errorf("the features lack %q", name)
		}
	}
	if len(wanted) < 2*20 {
		t.Errorf("only %d cells are wanted; the contract lost some", len(wanted))
	}
}
