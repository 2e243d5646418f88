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
	groups  map[string][]synonymGroup // by the stems of each name, by spaces
	longest int                       // words in a name
}

// synonymGroup are names of one thing: one of them, and the others.
type synonymGroup struct {
	own    name
	others []name
}

// name is one or several words that name a thing.
type name struct {
	stems    []string
	surfaces []string
	steps    []uint32 // how many words from each to the next, small ones counted
	acronym  bool     // one word in capitals: PLU, which has no other form and is no « pluie »
}

// ReadSynonyms reads a list: one group a line, its names separated by commas;
// a line that begins with # is a comment. An error names the line.
func ReadSynonyms(r io.Reader) (*Synonyms, error) {
	s := &Synonyms{groups: map[string][]synonymGroup{}}
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
		at, last := uint32(0), uint32(0)
		for _, word := range typedWords(text) {
			if !word.small {
				if len(one.stems) > 0 {
					one.steps = append(one.steps, at-last)
				}
				last = at
				one.stems, one.surfaces = append(one.stems, word.stem), append(one.surfaces, word.surface)
				one.acronym = word.capitals && len(one.stems) == 1
			}
			at += uint32(max(1, len(word.parts)))
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
		g := synonymGroup{own: one}
		for j, other := range names {
			if i != j && (strings.Join(other.stems, " ") != key || other.acronym != one.acronym) {
				g.others = append(g.others, other)
			}
		}
		s.groups[key] = append(s.groups[key], g)
	}
	return nil
}

// of are the other names of what some words name together, and whether they are
// an acronym.
func (s *Synonyms) of(words ...clause) (others []name, acronym bool) {
	if s == nil || len(words) > s.longest {
		return nil, false
	}
	stems := make([]string, len(words))
	for i, word := range words {
		stems[i] = word.term
	}
	for _, g := range s.groups[strings.Join(stems, " ")] {
		if !g.own.acronym || words[0].surface == g.own.surfaces[0] {
			others, acronym = append(others, g.others...), acronym || g.own.acronym
		}
	}
	return others, acronym
}
