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
	groups  map[string][]name // the stems of a name, by spaces → the others
	longest int               // words in a name
}

// name is one or several words that name a thing.
type name struct {
	stems    []string
	surfaces []string
}

// ReadSynonyms reads a list: one group a line, its names separated by commas;
// a line that begins with # is a comment. An error names the line.
func ReadSynonyms(r io.Reader) (*Synonyms, error) {
	s := &Synonyms{groups: map[string][]name{}}
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
	var names []name
	for _, text := range strings.Split(line, ",") {
		var one name
		for _, word := range typedWords(text) {
			if !word.small {
				one.stems, one.surfaces = append(one.stems, word.stem), append(one.surfaces, word.surface)
			}
		}
		if len(one.stems) == 0 {
			return fmt.Errorf("%q holds no word to look for", strings.TrimSpace(text))
		}
		names = append(names, one)
	}
	if len(names) < 2 {
		return fmt.Errorf("%q needs two names, with a comma between", line)
	}
	for i, one := range names {
		key := strings.Join(one.stems, " ")
		s.longest = max(s.longest, len(one.stems))
		for j, other := range names {
			if i != j && strings.Join(other.stems, " ") != key {
				s.groups[key] = append(s.groups[key], other)
			}
		}
	}
	return nil
}

// of are the other names of what some words name together.
func (s *Synonyms) of(stems ...string) []name {
	if s == nil || len(stems) > s.longest {
		return nil
	}
	return s.groups[strings.Join(stems, " ")]
}
