package portal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sort"
	"sync"

	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/forum"
	"passerelle/models/lab"
)

// maxLine bounds one line of an import, in bytes.
const maxLine = 64 << 20

// Imported is what became of a file: lines added, known already, and bad.
type Imported struct {
	Added, Known int
	Bad          []BadLine
}

// BadLine is a line that was left aside, from 1, and why, in French.
type BadLine struct {
	Number int
	Reason string
}

type numberedLine struct {
	number int
	raw    []byte
}

// Import imports every line, several at once so that the writer can
// commit them together; each is a transaction of its own. What it adds is the
// system's act: nobody is notified.
func (p *Portal) Import(ctx context.Context, input io.Reader) (Imported, error) {
	var result Imported
	var mu sync.Mutex
	var failed error
	lines := make(chan numberedLine, 64)
	var workers sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for line := range lines {
				added, err := p.importLine(ctx, line.raw)
				mu.Lock()
				var reason *models.Error
				var syntax badJSON
				switch {
				case errors.As(err, &reason):
					result.Bad = append(result.Bad, BadLine{line.number, Sentences(reason)})
				case errors.As(err, &syntax):
					result.Bad = append(result.Bad, BadLine{line.number, syntax.Error()})
				case err != nil && failed == nil:
					failed = fmt.Errorf("ligne %d : %w", line.number, err)
				case added:
					result.Added++
				case err == nil:
					result.Known++
				}
				mu.Unlock()
			}
		})
	}
	err := readLines(ctx, input, lines)
	close(lines)
	workers.Wait()
	sort.Slice(result.Bad, func(i, j int) bool { return result.Bad[i].Number < result.Bad[j].Number })
	return result, errors.Join(err, failed)
}

func readLines(ctx context.Context, input io.Reader, lines chan<- numberedLine) error {
	scanner := bufio.NewScanner(input)
	scanner.Buffer(make([]byte, 0, 1<<20), maxLine)
	for number := 1; scanner.Scan(); number++ {
		raw := bytes.TrimSpace(scanner.Bytes())
		if len(raw) == 0 {
			continue
		}
		select {
		case lines <- numberedLine{number, bytes.Clone(raw)}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("lire le fichier : %w", err)
	}
	return nil
}

// badJSON is a line that cannot be read at all.
type badJSON struct{ why string }

func (b badJSON) Error() string { return b.why }

func (p *Portal) importLine(ctx context.Context, raw []byte) (added bool, err error) {
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(raw, &kind); err != nil {
		return false, badJSON{"ce n’est pas un objet JSON : " + err.Error()}
	}
	switch kind.Type {
	case "thread":
		var line forum.Line
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&line); err != nil {
			return false, badJSON{"fil illisible : " + err.Error()}
		}
		return p.Forums.Import(ctx, line)
	case "use_case":
		line, err := lab.ReadLine(raw)
		if err != nil {
			return false, badJSON{"cas d’usage illisible : " + err.Error()}
		}
		return p.Library.Import(ctx, line)
	}
	return false, badJSON{fmt.Sprintf("type inconnu : %q (attendu : thread ou use_case)", kind.Type)}
}

// Sentences says all that is wrong with a line.
func Sentences(why *models.Error) string {
	if len(why.Fields) == 0 {
		return web.Sentence(why.Code, why.Args...)
	}
	var text string
	for i, problem := range why.Fields {
		if i > 0 {
			text += " "
		}
		text += problem.Field + " : " + web.Sentence(problem.Code, problem.Args...)
	}
	return text
}
