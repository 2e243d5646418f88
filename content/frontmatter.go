package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// File is where an item was read: its path in the folder and the SHA-256 of
// the file, in hexadecimal.
type File struct {
	Path   string
	Digest string
}

// Fault is one thing wrong in a file; Line is 0 when it is about the whole.
type Fault struct {
	File    string
	Line    int
	Message string // in French, for who wrote the file
}

// String is "usecases/x.md:7: message".
func (f Fault) String() string {
	if f.Line == 0 {
		return f.File + ": " + f.Message
	}
	return f.File + ":" + strconv.Itoa(f.Line) + ": " + f.Message
}

// Faults is all that is wrong, in the order of files and lines.
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// err is nil when there is no fault.
func (f Faults) err() error {
	if len(f) == 0 {
		return nil
	}
	slices.SortStableFunc(f, func(a, b Fault) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return f
}

const maxFile = 200_000 // bytes of a file of content

// sheet is a file being read: it knows the lines of its fields and gathers
// what is wrong with them.
type sheet struct {
	File
	root   *yaml.Node
	faults Faults
	lost   map[int]bool // lines with a value that could not be read
	torn   bool         // so much could not be read that the fields say nothing
}

// readFront decodes the front matter of data into v and returns the body.
func readFront(path string, data []byte, v any) (*sheet, string) {
	s := newSheet(path, data)
	if s.tooLong(data) {
		return s, ""
	}
	front, body, ok := split(clean(strings.TrimPrefix(string(data), "\ufeff")))
	if !ok {
		s.fault(1, "le fichier doit commencer par un en-tête entre deux lignes « --- »")
		return s, ""
	}
	s.decode("\n"+front, v) // the line of --- is line 1
	if tooDeep(body) {
		s.fault(0, "des citations ou des listes sont imbriquées trop profondément")
	}
	return s, body
}

// readList decodes a whole YAML file into v.
func readList(path string, data []byte, v any) *sheet {
	s := newSheet(path, data)
	if !s.tooLong(data) {
		s.decode(clean(strings.TrimPrefix(string(data), "\ufeff")), v)
	}
	return s
}

func newSheet(path string, data []byte) *sheet {
	sum := sha256.Sum256(data)
	return &sheet{File: File{Path: path, Digest: hex.EncodeToString(sum[:])}, lost: map[int]bool{}}
}

func (s *sheet) tooLong(data []byte) bool {
	if len(data) > maxFile {
		s.fault(0, "le fichier dépasse 200 000 octets")
		return true
	}
	if !utf8.Valid(data) {
		s.fault(0, "le fichier n’est pas en UTF-8")
		return true
	}
	return false
}

// split parts the front matter from the body.
func split(text string) (front, body string, ok bool) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", "", false
	}
	if front, body, ok = strings.Cut("\n"+rest, "\n---\n"); !ok {
		if front, ok = strings.CutSuffix("\n"+rest, "\n---"); !ok {
			return "", "", false
		}
	}
	body = strings.TrimRight(strings.TrimLeft(body, "\n"), " \t\n") // keeps an indent of the first line
	if body != "" {
		body += "\n"
	}
	return strings.TrimPrefix(front, "\n"), body, true
}

func (s *sheet) decode(text string, v any) {
	dec := yaml.NewDecoder(strings.NewReader(text))
	dec.KnownFields(true)
	err := dec.Decode(v)
	var types *yaml.TypeError
	switch {
	case errors.As(err, &types):
		for _, message := range types.Errors {
			s.yamlFault(message)
		}
	case errors.Is(err, io.EOF):
		s.fault(1, "l’en-tête est vide")
		return
	case err != nil:
		s.yamlFault(strings.TrimPrefix(err.Error(), "yaml: "))
		return
	}
	if s.torn {
		return
	}
	var doc yaml.Node
	if yaml.NewDecoder(strings.NewReader(text)).Decode(&doc) == nil && len(doc.Content) > 0 {
		s.root = doc.Content[0]
	}
}

var (
	yamlLine    = regexp.MustCompile(`^line (\d+): (?s:(.*))$`)
	yamlUnknown = regexp.MustCompile("^field (.+) not found in type ")
	yamlTwice   = regexp.MustCompile(`^mapping key "?([^"]*)"? already defined at line (\d+)`)
	yamlType    = regexp.MustCompile("^cannot unmarshal ")
)

// yamlFault says what the decoder found in words of people.
func (s *sheet) yamlFault(message string) {
	line := 0
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	s.lost[line] = true
	switch {
	case yamlUnknown.MatchString(message):
		message = "champ inconnu « " + yamlUnknown.FindStringSubmatch(message)[1] + " »"
	case yamlTwice.MatchString(message):
		m := yamlTwice.FindStringSubmatch(message)
		message = "le champ « " + m[1] + " » est déjà écrit à la ligne " + m[2]
		s.torn = true // the decoder gives up the whole mapping
	case yamlType.MatchString(message):
		message = "valeur d’un mauvais type (texte, nombre ou liste attendu)"
	case !strings.ContainsAny(message, "éèàêç"):
		message = "YAML illisible : " + message
	}
	s.fault(line, message)
}

func (s *sheet) fault(line int, message string) {
	s.faults = append(s.faults, Fault{File: s.Path, Line: line, Message: French(message)})
}

// at is the line of a field, named by keys and places in lists; when it is
// absent, that of the nearest thing around it.
func (s *sheet) at(where ...any) int {
	n := s.root
	line := 1
	for _, w := range where {
		if n == nil {
			break
		}
		if n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		var next *yaml.Node
		switch w := w.(type) {
		case string:
			for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == w {
					next, line = n.Content[i+1], n.Content[i].Line
				}
			}
		case int:
			if n.Kind == yaml.SequenceNode && w < len(n.Content) {
				next, line = n.Content[w], n.Content[w].Line
			}
		}
		n = next
	}
	return line
}

// check reports a fault of a field, unless its value could not even be read.
func (s *sheet) check(ok bool, message string, where ...any) {
	if line := s.at(where...); !ok && !s.lost[line] {
		s.fault(line, message)
	}
}

// text checks the length of a text, in characters; with least 0 it may be absent.
func (s *sheet) text(value string, least, most int, where ...any) {
	n := utf8.RuneCountInString(value)
	name := fmt.Sprint(where[len(where)-1])
	if n < least {
		s.check(false, "le champ « "+name+" » manque", where...)
	}
	s.check(n <= most, fmt.Sprintf("« %s » compte %d caractères : %d au plus", name, n, most), where...)
}

// word checks a value against a controlled list.
func (s *sheet) word(value string, known []string, where ...any) {
	s.check(slices.Contains(known, value),
		"« "+value+" » n’est pas connu ; valeurs possibles : "+strings.Join(known, ", "), where...)
}

var (
	uuidShape = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

func (s *sheet) id(id string) {
	s.check(uuidShape.MatchString(id), "« id » doit être un UUID en minuscules", "id")
}

func (s *sheet) slug(slug string) {
	s.check(slugShape.MatchString(slug) && len(slug) <= MaxSlug,
		"« slug » : lettres minuscules sans accent, chiffres et tirets, 80 au plus", "slug")
}

// days checks when a text was written and last changed.
func (s *sheet) days(created, updated Date) {
	s.check(created.Day != 0, "« created » doit être un jour, par exemple 2026-11-24", "created")
	s.check(updated.Day != 0, "« updated » doit être un jour, par exemple 2026-11-24", "updated")
	s.check(!created.surelyAfter(updated), "« updated » précède « created »", "updated")
}

// french sets texts in French typography, without space around.
func french(texts ...*string) {
	for _, t := range texts {
		*t = French(strings.TrimSpace(*t))
	}
}

func frenchList(list []string) {
	for i := range list {
		french(&list[i])
	}
}

// writeFront writes a front matter and a body as [readFront] reads them.
func writeFront(v any, body string) string {
	var b bytes.Buffer
	b.WriteString("---\n")
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(v); err != nil {
		panic(err) // our own types have nothing that YAML can't write
	}
	b.WriteString("---\n")
	if body != "" {
		b.WriteString("\n" + body)
	}
	return b.String()
}
