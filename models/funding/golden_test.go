package funding

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"passerelle/models"
)

var update = flag.Bool("update", false, "write the golden files again")

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s\nwant:\n%s", name, got, want)
	}
}

// What a hash is made of never changes: a receipt printed years ago must still
// be verifiable by anybody with a SHA-256.
func TestHashesAreFixed(t *testing.T) {
	t.Parallel()
	p := open(t)
	r := p.submitted(30_000_00)
	golden(t, "receipt.json", r.Content)
	golden(t, "receipt.sha256", r.SHA256+"\n")
	if hashOf(r.Content) != r.SHA256 {
		t.Error("the receipt does not hash its content")
	}
	p.must(p.desk.Take(ctx, p.reviewer, r.Number, p.read(r.Number).Version))
	var last Event
	p.view(func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT " + eventColumns + " FROM events e ORDER BY e.id DESC LIMIT 1").Take(&last).Error
	})
	text, err := last.canonical()
	p.must(err)
	golden(t, "event.json", string(text))
	golden(t, "event.sha256", last.PreviousHash+"\n"+last.Hash+"\n")
}

func TestAFrozenContentReadsBack(t *testing.T) {
	t.Parallel()
	p := open(t)
	r := p.submitted(30_000_00)
	f, err := r.Frozen()
	p.must(err)
	want := complete(30_000_00)
	if f.Project != want.Project || f.Team != want.Team || f.Body != want.Body || f.Answers != want.Answers || f.Financing != want.Financing ||
		f.Total != 30_000_00 || len(f.Lines) != 1 || f.Budget().Lines[0] != want.Budget.Lines[0] || f.Number != r.Number {
		t.Errorf("%+v", f)
	}
	var again any
	p.must(json.Unmarshal([]byte(r.Content), &again))
	text, err := canonical(again)
	p.must(err)
	if string(text) != r.Content {
		t.Error("the content is not canonical")
	}
}
