package account

import (
	"strings"
	"testing"

	"passerelle/models"
)

// TestAResetEndsAMoveToAnotherAddress: a thief who knew the password asked for
// the account to move to an address of theirs; the reset locks them out.
func TestAResetEndsAMoveToAnotherAddress(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.person("victime@ville.example")
	if err := f.RequestAddress(ctx, by, NewAddress{Email: "voleuse@evil.example", Current: goodPassword}); err != nil {
		t.Fatal(err)
	}
	move := f.link(by, ToMove)
	if err := f.Reset(ctx, f.link(by, ToReset), otherPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Confirm(ctx, move); err == nil {
		t.Error("the move is still possible after the reset")
	}
	if who := f.account("id = ?", by.ID); who.Email != "victime@ville.example" || who.NewEmail != "" {
		t.Errorf("the account is at %q, asked for %q", who.Email, who.NewEmail)
	}
}

// TestAHugePasswordIsNotNormalised: it is wrong at once.
func TestAHugePasswordIsNotNormalised(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.person("marie@ville.example")
	_, err := f.LogIn(ctx, "marie@ville.example", strings.Repeat("\uFDFA", 300_000), "")
	if got := models.Code(err); got == "" || got == "internal" {
		t.Errorf("got %q, want the refusal of a wrong password", got)
	}
}

func TestAnAdministratorTakesNoDeskForThemselves(t *testing.T) {
	t.Parallel()
	f := open(t)
	admin, other, call := f.administrator("ada@ville.example"), f.person("marie@ville.example"), f.call()
	for _, role := range []models.Role{models.Reviewer, models.LeadReviewer, models.Decider, models.Auditor} {
		if got := models.Code(f.Grant(ctx, admin, Right{Account: admin.ID, Role: role, Scope: call})); got != "account.own_desk" {
			t.Errorf("%s to herself: %q", role, got)
		}
		if err := f.Grant(ctx, admin, Right{Account: other.ID, Role: role, Scope: call}); err != nil {
			t.Errorf("%s to somebody else: %v", role, err)
		}
	}
}
