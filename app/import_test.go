package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"passerelle/app/config"
	"passerelle/app/portal"
	"passerelle/models"
)

// threadLine is a line of the bulk format with some posts.
func threadLine(key string, posts int) string {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	list := make([]map[string]any, posts)
	for i := range list {
		list[i] = map[string]any{"author": fmt.Sprintf("Autrice %d.", i%7), "created_at": at.Add(time.Duration(i) * time.Minute),
			"markdown": fmt.Sprintf("Message %d de %s, sur les **données** ouvertes.", i+1, key)}
	}
	line, err := json.Marshal(map[string]any{"type": "thread", "key": key, "forum": "import", "kind": "discussion",
		"title": "Fil importé " + key, "author": "Autrice 0.", "created_at": at, "posts": list})
	if err != nil {
		panic(err)
	}
	return string(line)
}

func openPortal(t *testing.T, dir string) *portal.Portal {
	t.Helper()
	cfg := config.Config{Addr: "127.0.0.1:0", URL: "http://127.0.0.1", Data: dir, MailFrom: "portail@passerelle.example"}
	rooms, err := portal.Open(context.Background(), cfg, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rooms.Close() })
	return rooms
}

func TestABadLineIsReportedAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	rooms := openPortal(t, t.TempDir())
	if err := rooms.Load(context.Background()); err != nil {
		t.Fatal(err)
	}
	lines := []string{
		threadLine("a", 3),
		`{"type":"thread","key":"b"`, // 2: cut short
		`{"type":"poème"}`,           // 3
		`{"type":"thread","key":"c","forum":"import","kind":"discussion","title":"","author":"A","posts":[]}`,         // 4
		`{"type":"use_case","key":"d","lab":"nulle-part","title":"Un cas","markdown":"Texte."}`,                       // 5
		`{"type":"use_case","key":"e","lab":"ti-lab","title":"Un cas importé","markdown":"Texte.","themes":["Neuf"]}`, // 6: good
		"",                 // 7: empty lines count, and say nothing
		threadLine("a", 3), // 8: known
		`[1,2]`,            // 9
		"\xff\xfe",         // 10
	}
	result, err := rooms.Import(context.Background(), strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	if result.Added != 2 || result.Known != 1 {
		t.Errorf("%d added, %d known; want 2 and 1", result.Added, result.Known)
	}
	var numbers []int
	for _, bad := range result.Bad {
		numbers = append(numbers, bad.Number)
		if bad.Reason == "" || strings.Contains(bad.Reason, "de notre côté") {
			t.Errorf("line %d: no reason that helps: %q", bad.Number, bad.Reason)
		}
	}
	if fmt.Sprint(numbers) != "[2 3 4 5 9 10]" {
		t.Errorf("bad lines %v", numbers)
	}
	again, err := rooms.Import(context.Background(), strings.NewReader(lines[0]+"\n"+lines[5]))
	if err != nil || again.Added != 0 || again.Known != 2 {
		t.Errorf("a second time: %+v, %v", again, err)
	}
}

// TestAnImportSurvivesAKill kills an import in the middle, at several moments;
// run again, it ends with every line once.
func TestAnImportSurvivesAKill(t *testing.T) {
	t.Parallel()
	const threads, posts = 300, 5
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "fils.jsonl")
	var text strings.Builder
	for i := range threads {
		text.WriteString(threadLine(fmt.Sprintf("fil-%d", i), posts) + "\n")
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	start := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "import", file)
		cmd.Env = append(os.Environ(), childMark+"=1", "PASSERELLE_DATA="+dir, "PASSERELLE_ADDR=127.0.0.1:0", "PASSERELLE_URL=",
			"PASSERELLE_DEMO=0", "DATABASE_URL=")
		return cmd
	}
	rooms := openPortal(t, dir)
	for _, part := range []int64{20, 120, 250} {
		cmd := start()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for changed := rooms.Store.Changed(); rooms.Store.Head() < part; changed = rooms.Store.Changed() {
			<-changed
		}
		cmd.Process.Kill()
		cmd.Wait()
	}
	out, err := start().CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var counted struct{ Threads, Posts, Keys int }
	err = rooms.Store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw(`SELECT (SELECT count(*) FROM threads) AS threads, (SELECT count(*) FROM posts) AS posts,
			(SELECT count(DISTINCT import_key) FROM threads) AS keys`).Scan(&counted).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if counted.Threads != threads || counted.Keys != threads || counted.Posts != threads*posts {
		t.Errorf("%+v, want %d threads of %d posts", counted, threads, posts)
	}
	faults, err := rooms.Forums.Check(context.Background())
	if err != nil || len(faults) > 0 {
		t.Errorf("counters: %v %v", faults, err)
	}
}

func TestCommandsSayWhatIsWrong(t *testing.T) {
	t.Setenv("PASSERELLE_DATA", t.TempDir())
	t.Setenv("PASSERELLE_DEMO", "0")
	tests := []struct {
		arguments []string
		env       string
		status    int
		want      string
	}{
		{[]string{"config"}, "", 0, "PASSERELLE_ADDR="},
		{[]string{"--help"}, "", 0, "passerelle [commande]"},
		{[]string{"backup", "--help"}, "", 0, "sauvegarde"},
		{[]string{"danser"}, "", 2, "commande incomprise"},
		{[]string{"import", "/nulle/part"}, "", 1, "ouvrir le fichier"},
		{[]string{"check"}, "postgres://x", 2, "DATABASE_URL"},
		{[]string{"user", "create", "--admin", "pas une adresse"}, "", 1, "adresse"},
		{[]string{"user", "create", "--admin", "ada@ville.example"}, "", 0, "/nouveau-mot-de-passe?jeton="},
		{[]string{"user", "grant", "ada@ville.example", "moderator"}, "", 1, ""},
		{[]string{"user", "grant", "personne@ville.example", "moderator"}, "", 1, ""},
		{[]string{"seed", "--remove-demo"}, "", 0, "retirés"},
	}
	for _, tt := range tests {
		t.Setenv("DATABASE_URL", tt.env)
		var out, trouble bytes.Buffer
		status := run(context.Background(), tt.arguments, &out, &trouble)
		all := out.String() + trouble.String()
		if status != tt.status || !strings.Contains(all, tt.want) {
			t.Errorf("%v: status %d, want %d with %q:\n%s", tt.arguments, status, tt.status, tt.want, all)
		}
		if status != 0 && trouble.Len() == 0 {
			t.Errorf("%v fails without a word", tt.arguments)
		}
	}
}

func TestADemonstrationFolderIsNotServedForReal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rooms := openPortal(t, dir)
	if err := rooms.Load(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := rooms.SeedDemo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := rooms.Prepare(context.Background()); err != portal.ErrDemo {
		t.Errorf("got %v, want ErrDemo", err)
	}
	if err := rooms.Accounts.RemoveDemo(context.Background()); err != nil {
		t.Fatal(err)
	}
	service, err := rooms.Prepare(context.Background())
	if err != nil {
		t.Fatalf("once they are removed: %v", err)
	}
	service.Index.Close()
}
