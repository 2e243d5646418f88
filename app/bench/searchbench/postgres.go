package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Settings of the throw-away cluster: no durability, a gigabyte of cache, one core a query.
const postgresSettings = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=1GB -c work_mem=64MB -c maintenance_work_mem=512MB -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0 -c jit=off -c max_wal_size=8GB"

// postgres is a throw-away cluster in a temporary folder, driven by psql.
type postgres struct {
	bin, dir string
	as       *syscall.Credential // nil: as who we are
}

// findPostgres finds where Debian or PATH has the programs; "" when nowhere.
func findPostgres() string {
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb"} {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return filepath.Dir(found[len(found)-1])
		}
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

// startPostgres makes the cluster; as root, it belongs to somebody without
// rights, since PostgreSQL refuses root.
func startPostgres(ctx context.Context, bin string) (p *postgres, err error) {
	dir, err := os.MkdirTemp("", "passerelle-bench-pg-")
	if err != nil {
		return nil, err
	}
	p = &postgres{bin: bin, dir: dir}
	if os.Geteuid() == 0 {
		if err := p.giveAway(); err != nil {
			return nil, errors.Join(err, os.RemoveAll(dir))
		}
	}
	data := filepath.Join(dir, "data")
	if err := p.run(ctx, "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := p.run(ctx, "pg_ctl", "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", "-k "+dir+" "+postgresSettings, "start"); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return p, nil
}

func (p *postgres) giveAway() error {
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return err
		}
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	if err != nil {
		return err
	}
	p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(p.dir, int(uid), int(gid))
}

func (p *postgres) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(p.bin, name), args...)
	cmd.Dir = p.dir
	if p.as != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as}
	}
	return cmd
}

func (p *postgres) run(ctx context.Context, name string, args ...string) error {
	cmd := p.command(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var said bytes.Buffer
	if name != "pg_ctl" { // the server would keep the pipe open
		cmd.Stdout, cmd.Stderr = &said, &said
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, &said)
	}
	return nil
}

// stop ends the cluster and removes it.
func (p *postgres) stop() error {
	err := p.run(context.Background(), "pg_ctl", "-D", filepath.Join(p.dir, "data"), "-m", "immediate", "-w", "stop")
	return errors.Join(err, os.RemoveAll(p.dir))
}

// psql hands a script to psql and returns what it printed.
func (p *postgres) psql(ctx context.Context, script io.Reader) (string, error) {
	cmd := p.command(ctx, "psql", "-h", p.dir, "-U", "bench", "-d", "postgres", "-X", "-q", "-A", "-t")
	var out, said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = script, &out, &said
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("psql: %w\n%s", err, &said)
	}
	return out.String(), nil
}

// build fills the table and indexes it.
func (p *postgres) build(ctx context.Context, c *corpus) (b built, err error) {
	began := time.Now()
	reader, writer := io.Pipe()
	go func() {
		out := bufio.NewWriterSize(writer, 1<<16)
		fmt.Fprintln(out, `\set ON_ERROR_STOP on
			CREATE TABLE docs (id integer PRIMARY KEY, year integer, reply boolean, text text,
				words tsvector GENERATED ALWAYS AS (to_tsvector('french', text)) STORED);`)
		fmt.Fprintln(out, "COPY docs (id, year, reply, text) FROM STDIN;")
		escape := strings.NewReplacer(`\`, `\\`, "\t", " ", "\n", `\n`, "\r", " ")
		for i := range c.documents {
			fmt.Fprintf(out, "%d\t%d\t%t\t%s\n", i, yearOf(i), isReply(i), escape.Replace(c.text(i)))
		}
		fmt.Fprintln(out, `\.`)
		fmt.Fprintln(out, "CREATE INDEX docs_words ON docs USING gin (words); VACUUM ANALYZE docs; SELECT pg_total_relation_size('docs');")
		writer.CloseWithError(out.Flush())
	}()
	printed, err := p.psql(ctx, reader)
	if err != nil {
		return b, errors.Join(err, reader.CloseWithError(err))
	}
	b.Wall = time.Since(began).Seconds()
	lines := strings.Fields(printed)
	if len(lines) == 0 {
		return b, errors.New("psql printed no size")
	}
	b.Size, err = strconv.ParseInt(lines[len(lines)-1], 10, 64)
	return b, err
}

// patience is how long a question may take; what takes longer counts as that.
const patience = 20 * time.Second

// ask asks for 20 results by ts_rank with their excerpts, and the total; for
// any of the words where no document holds all.
func (p *postgres) ask(ctx context.Context, warm, questions []question) ([]answered, error) {
	var script strings.Builder
	fmt.Fprintf(&script, "SET statement_timeout = %d;\nSELECT pg_backend_pid() AS pid \\gset\n\\setenv BACKEND :pid\n\\timing on\n", patience.Milliseconds())
	for i, q := range append(warm, questions...) {
		fmt.Fprintf(&script, "\\echo @%d\n%s\\set none false\n", i-len(warm), usedCPU)
		fmt.Fprintf(&script, "SELECT count(*) = 0 AS none FROM docs WHERE %s \\gset\n", where(q, false))
		if q.may() {
			fmt.Fprintf(&script, "\\if :none\nSELECT count(*) AS total FROM docs WHERE %s \\gset\n%s\\else\n%s\\endif\n", where(q, true), page(q, true), page(q, false))
		} else {
			script.WriteString(page(q, false))
		}
		script.WriteString(usedCPU)
	}
	printed, err := p.psql(ctx, strings.NewReader(script.String()))
	if err != nil {
		return nil, err
	}
	return readTimings(printed, len(questions)), nil
}

// usedCPU prints what the server process has used, in nanoseconds.
const usedCPU = "\\! sed 's/^/CPU: /' /proc/$BACKEND/schedstat\n"

func where(q question, any bool) string {
	condition := "words @@ " + q.tsquery(any)
	if q.Replies {
		condition += " AND reply AND year = " + q.Year
	}
	return condition
}

// page reads the best first, then makes excerpts of these alone.
func page(q question, any bool) string {
	query := q.tsquery(any)
	return fmt.Sprintf(`SELECT id, length(ts_headline('french', text, %s)) FROM
		(SELECT id, text, ts_rank(words, %s) AS rank FROM docs WHERE %s ORDER BY rank DESC, id LIMIT 20) AS best ORDER BY rank DESC, id;
`, query, query, where(q, any))
}

// readTimings reads what psql printed: "@12" before the question 12, then the
// CPU used before it, lines of results and of times, and the CPU used after.
func readTimings(printed string, n int) []answered {
	list := make([]answered, n)
	at := -1
	for line := range strings.Lines(printed) {
		line = strings.TrimSpace(line)
		if number, ok := strings.CutPrefix(line, "@"); ok {
			if parsed, err := strconv.Atoi(number); err == nil {
				at = parsed
			}
			continue
		}
		if at < 0 {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "Time: "); ok {
			took, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			list[at].Wall += took
			continue
		}
		if rest, ok := strings.CutPrefix(line, "CPU: "); ok {
			used, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			list[at].CPU = used/1e6 - list[at].CPU
			continue
		}
		id, _, ok := strings.Cut(line, "|")
		if document, err := strconv.Atoi(id); ok && err == nil {
			list[at].Documents = append(list[at].Documents, document)
		}
	}
	return list
}
