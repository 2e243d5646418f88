package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"passerelle/app/config"
	"passerelle/app/journeys"
	"passerelle/app/portal"
	"passerelle/models"
)

// childMark makes this test's binary the program itself.
const childMark = "PASSERELLE_TEST_IS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(childMark) != "" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// all tells whether the slow tests are wanted too (`make test-all`).
func all() bool { return os.Getenv("PASSERELLE_TEST_ALL") != "" }

// served is the program as a process of its own.
type served struct {
	process *exec.Cmd
	dead    chan struct{}
}

// serve starts the program on a folder and waits until it answers.
func serve(t *testing.T, dir, addr string) *served {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childMark+"=1", "PASSERELLE_DATA="+dir, "PASSERELLE_ADDR="+addr,
		"PASSERELLE_URL=", "PASSERELLE_DEMO=1", "PASSERELLE_LIMITS=0", "DATABASE_URL=", "SMTP_URL=", "PASSERELLE_CONTENT=")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "Passerelle est") {
			program := &served{process: cmd, dead: make(chan struct{})}
			go func() {
				_, _ = io.Copy(io.Discard, out)
				_ = cmd.Wait()
				close(program.dead)
			}()
			return program
		}
		if strings.Contains(lines.Text(), `"ERROR"`) {
			t.Log(lines.Text())
		}
	}
	cmd.Wait()
	t.Fatal("the program did not start")
	return nil
}

func (s *served) kill() {
	_ = s.process.Process.Kill() // SIGKILL: nothing is said goodbye to
	<-s.dead
}

// freeAddr is an address on which nobody listens now.
func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// writer posts replies one after the other, and remembers those that the
// program acknowledged.
type writer struct {
	name   string
	client *http.Client
	target string
	form   url.Values
	posted int
	known  []string // acknowledged
}

// post sends one reply; false when the program is gone.
func (w *writer) post() bool {
	mark := fmt.Sprintf("Message témoin %s numéro %d fin", w.name, w.posted)
	w.posted++
	w.form.Set("body", mark)
	w.form.Set("key", fmt.Sprintf("%s-%d", w.name, w.posted))
	answer, err := w.client.PostForm(w.target, w.form)
	if err != nil {
		return false
	}
	answer.Body.Close()
	if answer.StatusCode == http.StatusSeeOther {
		w.known = append(w.known, mark)
	}
	return true
}

// TestNothingIsLostOrDoubledByAKill kills the program at random moments under
// a load of writes. Each time it starts again, every acknowledged write is
// there once, and database and index agree.
func TestNothingIsLostOrDoubledByAKill(t *testing.T) {
	t.Parallel()
	rounds := 5
	if all() {
		rounds = 50
	}
	dir, addr := t.TempDir(), freeAddr(t)
	program := serve(t, dir, addr)
	writers := make([]*writer, 4)
	for i := range writers {
		writers[i] = newWriter(t, "http://"+addr, i)
	}
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	for round := range rounds {
		var load sync.WaitGroup
		for _, w := range writers {
			load.Go(func() {
				for w.post() {
				}
			})
		}
		time.AfterFunc(time.Duration(random.IntN(600))*time.Millisecond, program.kill)
		load.Wait()
		<-program.dead
		verify(t, dir, writers)
		if t.Failed() {
			t.Fatalf("after kill %d of %d", round+1, rounds)
		}
		program = serve(t, dir, addr)
	}
	program.kill()
	total := 0
	for _, w := range writers {
		total += len(w.known)
	}
	if total < rounds {
		t.Errorf("only %d writes were acknowledged in %d rounds: no load", total, rounds)
	}
}

// newWriter logs in and opens a thread to answer in.
func newWriter(t *testing.T, base string, i int) *writer {
	t.Helper()
	people := []string{"citoyenne", "agent", "redactrice", "porteur"}
	visitor := journeys.NewVisitor(t, base)
	visitor.Open("/connexion").Fill("Adresse électronique", people[i]+"@demo.example").
		Fill("Mot de passe", "passerelle-demo").Press("Se connecter").Gets(200)
	visitor.Open(fmt.Sprintf("/fils/%d", i+1)).Gets(200)
	request := visitor.Request("Publier")
	body, err := io.ReadAll(request.Body)
	if err != nil {
		t.Fatal(err)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		t.Fatal(err)
	}
	client := visitor.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &writer{name: people[i], client: client, target: request.URL.String(), form: form}
}

// verify reads the folder that a killed program left.
func verify(t *testing.T, dir string, writers []*writer) {
	t.Helper()
	ctx := context.Background()
	cfg := config.Config{Addr: "127.0.0.1:0", URL: "http://127.0.0.1", Data: dir, Demo: true}
	rooms, err := portal.Open(ctx, cfg, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer rooms.Close()
	var texts []string
	err = rooms.Store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT markdown FROM posts WHERE markdown LIKE 'Message témoin %'").Scan(&texts).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	stands := map[string]int{}
	for _, text := range texts {
		stands[text]++
		if stands[text] > 1 {
			t.Errorf("%q stands twice", text)
		}
	}
	for _, w := range writers {
		for _, mark := range w.known {
			if stands[mark] != 1 {
				t.Errorf("%q was acknowledged and stands %d times", mark, stands[mark])
			}
		}
	}
	faults, err := rooms.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}
