// Package main measures search on French texts that are not ours: Debian's
// French documentation, cut into posts. It prints what the index costs, what
// each kind of question costs, how well known documents are found again, and
// the same for SQLite's FTS5 and PostgreSQL, where they are there.
//
// Each engine works in a process of its own. Corpus, questions and errors are
// drawn by a seed: two runs ask the same.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"strings"
)

// options are what the command line says.
type options struct {
	corpus    string
	sizes     string
	seed      uint64
	questions int
	known     int
	others    bool
	keep      bool

	profile string

	part string // what a process of our own does
	dir  string
}

func main() {
	var o options
	flag.StringVar(&o.corpus, "corpus", "", "folder that tools/corpus.sh has filled")
	flag.StringVar(&o.sizes, "sizes", "10000,100000,1000000", "how many documents, by commas")
	flag.Uint64Var(&o.seed, "seed", 1, "of all that is drawn")
	flag.IntVar(&o.questions, "questions", 60, "of each kind; of the mix four times as many")
	flag.IntVar(&o.known, "known", 200, "documents that are looked for")
	flag.BoolVar(&o.others, "others", true, "measure FTS5 and PostgreSQL too")
	flag.BoolVar(&o.keep, "keep", false, "leave the data folders, and say where")
	flag.StringVar(&o.profile, "profile", "", "file for a CPU profile of our answers, of the last size")
	flag.StringVar(&o.part, "part", "", "used by the program itself")
	flag.StringVar(&o.dir, "dir", "", "used by the program itself")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt) // so that what was begun is taken away
	defer stop()
	run := func() error { return measure(ctx, o) }
	if o.part != "" {
		run = func() error { return work(ctx, o) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "searchbench:", err)
		os.Exit(1)
	}
}

// measure does all sizes.
func measure(ctx context.Context, o options) error {
	c, err := readCorpus(o.corpus)
	if err != nil {
		return err
	}
	fmt.Printf("corpus: %d documents of %d to %d characters, %d paragraphs, from %s\n", len(c.documents), shortest, longest, len(c.paragraphs), strings.Join(c.packages, ", "))
	for _, text := range strings.Split(o.sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return fmt.Errorf("-sizes: %w", err)
		}
		if n < 1000 {
			return errors.New("-sizes: at least a thousand documents")
		}
		if err := measureSize(ctx, o, c.sized(n, o.known, o.seed)); err != nil {
			return fmt.Errorf("%d documents: %w", n, err)
		}
	}
	return nil
}

// engine is what one engine has shown.
type engine struct {
	name    string
	built   built
	answers []answered // to the questions, in their order
}

func measureSize(ctx context.Context, o options, c *corpus) (err error) {
	dir, err := os.MkdirTemp("", "passerelle-searchbench-")
	if err != nil {
		return err
	}
	if o.keep {
		fmt.Println("data folder:", dir)
	} else {
		defer os.RemoveAll(dir)
	}
	a := newAsker(c, o.seed)
	a.years = allYears()
	questions, warm := a.list(o.questions)
	if err := fill(ctx, dir, c); err != nil {
		return err
	}
	if err := writeJSON(filepath.Join(dir, "questions.json"), asked{warm, questions}); err != nil {
		return err
	}
	printCorpus(c, a)
	ours, err := measureEngine(ctx, dir, "Passerelle", "ours", o.profile)
	if err != nil {
		return err
	}
	engines := []engine{ours}
	printBuilt(ours, len(c.documents))
	if o.others {
		others, err := measureOthers(ctx, dir, c, warm, questions)
		if err != nil {
			return err
		}
		engines = append(engines, others...)
	}
	printTimes(engines, questions)
	printCPU(engines, questions)
	printFound(engines, questions)
	return nil
}

// measureOthers measures the engines that are there, and says which is not.
func measureOthers(ctx context.Context, dir string, c *corpus, warm, questions []question) (engines []engine, err error) {
	if hasFTS5() {
		e, err := measureEngine(ctx, dir, "FTS5", "fts5", "")
		if err != nil {
			return nil, err
		}
		printBuilt(e, len(c.documents))
		engines = append(engines, e)
	} else {
		fmt.Println("SQLite FTS5 was left out: this program was compiled without the tag sqlite_fts5")
	}
	bin := findPostgres()
	if bin == "" {
		fmt.Println("PostgreSQL was left out: this machine has none (Debian's package postgresql)")
		return engines, nil
	}
	e, err := measurePostgres(ctx, bin, c, warm, questions)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		fmt.Printf("PostgreSQL was left out: it does not work here: %v\n", err)
		return engines, nil
	}
	return append(engines, e), nil
}

func measurePostgres(ctx context.Context, bin string, c *corpus, warm, questions []question) (e engine, err error) {
	p, err := startPostgres(ctx, bin)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	e.name = "PostgreSQL"
	if e.built, err = p.build(ctx, c); err != nil {
		return e, err
	}
	printBuilt(e, len(c.documents))
	e.answers, err = p.ask(ctx, warm, questions)
	return e, err
}

// list draws all questions, and others of each kind that are asked before.
func (a *asker) list(n int) (questions, warm []question) {
	for _, kind := range kinds {
		warm = append(warm, a.ask(kind, 10)...)
		of := n
		if kind == mixed { // of which no part should be rounded to nothing
			of = 4 * n
		}
		questions = append(questions, a.ask(kind, of)...)
	}
	return append(questions, a.known()...), warm
}

// asked is what a process that asks reads.
type asked struct{ Warm, Questions []question }

// measureEngine builds and asks an engine, in two processes of their own.
func measureEngine(ctx context.Context, dir, name, part, profile string) (e engine, err error) {
	e.name = name
	if err := process(ctx, &e.built, "-part", part+"-build", "-dir", dir); err != nil {
		return e, err
	}
	return e, process(ctx, &e.answers, "-part", part+"-ask", "-dir", dir, "-profile", profile)
}

func process(ctx context.Context, result any, args ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Stderr = os.Stderr
	printed, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return json.Unmarshal(printed, result)
}

// work is what such a process does; it prints its result as JSON.
func work(ctx context.Context, o options) (err error) {
	debug.SetGCPercent(200) // as the portal does
	var q asked
	text, err := os.ReadFile(filepath.Join(o.dir, "questions.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &q); err != nil {
		return err
	}
	if o.profile != "" {
		file, err := os.Create(o.profile)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	var result any
	switch o.part {
	case "ours-build":
		result, err = buildOurs(ctx, o.dir)
	case "ours-ask":
		result, err = askOurs(ctx, o.dir, q.Warm, q.Questions)
	case "fts5-build":
		result, err = buildFTS5(ctx, o.dir)
	case "fts5-ask":
		result, err = askFTS5(ctx, o.dir, q.Warm, q.Questions)
	default:
		err = fmt.Errorf("unknown part %q", o.part)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

func writeJSON(path string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}
