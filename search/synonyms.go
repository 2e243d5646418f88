package search

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Synonyms are words that may stand for each other in a search. The zero value
// knows none.
type Synonyms struct {
	groups  map[string][][]string // the stems of a name, by spaces → those of the others
	longest int                   // words in a name
}

// ReadSynonyms reads a list: one group a line, its names separated by commas;
// a line that begins with # is a comment. An error names the line.
func ReadSynonyms(r io.Reader) (*Synonyms, error) {
	s := &Synonyms{groups: map[string][][]string{}}
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := s.add(line); err != nil {
			return nil, fmt.Errorf("synonyms, line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the synonyms: %w", err)
	}
	return s, nil
}

func (s *Synonyms) add(line string) error {
	var names [][]string
	for _, name := range strings.Split(line, ",") {
		var stems []string
		for _, word := range typedWords(name) {
			if !word.small {
				stems = append(stems, word.stem)
			}
		}
		if len(stems) == 0 {
			return fmt.Errorf("%q holds no word to look for", strings.TrimSpace(name))
		}
		names = append(names, stems)
	}
	if len(names) < 2 {
		return fmt.Errorf("%q needs two names, with a comma between", line)
	}
	for i, name := range names {
		key := strings.Join(name, " ")
		s.longest = max(s.longest, len(name))
		for j, other := range names {
			if i != j && strings.Join(other, " ") != key {
				s.groups[key] = append(s.groups[key], other)
			}
		}
	}
	return nil
}

// of are the other names of what some words name together.
func (s *Synonyms) of(stems ...string) [][]string {
	if s == nil || len(stems) > s.longest {
		return nil
	}
	return s.groups[strings.Join(stems, " ")]
}
