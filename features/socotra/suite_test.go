package socotra_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/features/socotra"
)

// The matrix of permissions is written out in the features; it must agree with
// what the contract says of each operation.
func TestThePermissionMatrixIsComplete(t *testing.T) {
	api, err := socotra.Suite()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := conformance.NewCatalogue(api)
	if err != nil {
		t.Fatal(err)
	}
	var wanted, written []string
	for _, op := range api.Contract.Documented() {
		for _, how := range []string{"without a token", "with a token that nobody gave out", "with a token that has expired", "by the administrator"} {
			wanted = append(wanted, op.ID+" "+how)
		}
		guarded := false
		for _, p := range op.Extensions["x-permissions"].([]any) {
			if p != "custom" {
				guarded = true
				wanted = append(wanted, fmt.Sprintf("%s with just %s", op.ID, p))
			}
		}
		if guarded {
			wanted = append(wanted, op.ID+" without any permission", op.ID+" with every other permission for users and roles")
		}
	}
	for _, id := range []string{"SO-AUTH-01", "SO-AUTH-02", "SO-AUTH-06"} {
		for _, s := range catalogue.Rule(id).Scenarios {
			written = append(written, s.Name)
		}
	}
	for _, name := range wanted {
		if !slices.Contains(written, name) {
			t.Errorf("the features lack %q", name)
		}
	}
	if len(wanted) < 18*6-2 {
		t.Errorf("only %d cells are wanted; the contract lost some", len(wanted))
	}
}
