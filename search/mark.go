package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// marker finds the words that were looked for in a text that is shown. It reads
// the text itself, so that a mark is never beside its word, whatever changed
// since the text was indexed, and the index need not know where its words stand.
type marker struct {
	stems  map[string]bool
	starts [utf8.RuneSelf]bool // first letters, which no stemmer changes
	met    map[string]string   // words of the texts so far: the stem that they meet, or ""
}

func newMarker(stems map[string]bool) *marker {
	m := &marker{stems: stems, met: map[string]string{}}
	for stem := range stems {
		if stem != "" && stem[0] < utf8.RuneSelf {
			m.starts[stem[0]] = true
		}
	}
	return m
}

// span is where a word stands in a text.
type span struct {
	start, end int
	stem       string
}

// maxSpans bounds the marks of one text.
const maxSpans = 200

// find lists the places of the words in a text.
func (m *marker) find(text string) []span {
	var spans []span
	for i := 0; i < len(text) && len(spans) < maxSpans; {
		start, r := i, rune(text[i])
		size := 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		if !isLetter(r) {
			continue
		}
		for i < len(text) {
			if b := text[i]; b < utf8.RuneSelf {
				if !isLetter(rune(b)) {
					break
				}
				i++
				continue
			}
			r, size := utf8.DecodeRuneInString(text[i:])
			if !isLetter(r) && !unicode.Is(unicode.Mn, r) {
				break
			}
			i += size
		}
		if !m.mayStart(r) {
			continue
		}
		if stem := m.match(text[start:i]); stem != "" {
			spans = append(spans, span{start, i, stem})
		}
	}
	if len(spans) == 0 && mayHide(text) {
		return m.findSlowly(text)
	}
	return spans
}

// mayHide tells whether a text may hold words that are more than a run of
// letters: D.I.T.P., 48 000, Lab’EST, data-center, or with invisible signs in it.
func mayHide(text string) bool {
	letters := 0 // in the run that ends here
	var last, sign rune
	for _, r := range text {
		switch {
		case isLetter(r) || unicode.Is(unicode.Mn, r):
			if sign != 0 {
				if mayJoin(sign, letters, unicode.IsDigit(last) && unicode.IsDigit(r)) {
					return true
				}
				letters, sign = 0, 0
			}
			letters++
			last = r
		case sign != 0: // the second in a row
			letters = 0
		default:
			sign = r
		}
	}
	return false
}

// mayJoin tells whether a sign between two runs may make them one word: the
// first has so many letters, or both ends are digits.
func mayJoin(sign rune, letters int, digits bool) bool {
	switch sign {
	case ' ', '\u00a0', '\u202f', '\u2009', ',':
		return digits
	case '.':
		return digits || letters == 1
	case '\'', '’':
		return letters > 2 // else an article
	}
	return letters > 0 && strings.ContainsRune("-\u2010\u2011‘ʼ＇\u00ad\u200b\u200c\u200d\u2060\ufeff", sign)
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// mayStart tells whether a word that begins so can be one that is looked for;
// it spares the analysis of most of a text.
func (m *marker) mayStart(r rune) bool {
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	if r < utf8.RuneSelf {
		return m.starts[r]
	}
	return true
}

// match is the stem that a word meets, or "".
func (m *marker) match(word string) string {
	stem, known := m.met[word]
	if !known {
		token := analysis.Token{Term: composed([]byte(word)), End: len(word), Type: analysis.AlphaNumeric}
		vocabulary := takeVocabulary()
		for _, term := range vocabulary.look(&token).french {
			if m.stems[term.name] {
				stem = term.name
				break
			}
		}
		vocabulary.giveBack()
		m.met[word] = stem
	}
	return stem
}

// findSlowly analyses the whole text: acronyms with dots and grouped digits are
// words of more than letters.
func (m *marker) findSlowly(text string) []span {
	var spans []span
	for _, token := range french.Analyze([]byte(text)) {
		if m.stems[string(token.Term)] && len(spans) < maxSpans && (len(spans) == 0 || spans[len(spans)-1].end <= token.Start) {
			spans = append(spans, span{token.Start, token.End, string(token.Term)})
		}
	}
	return spans
}

// whole is a text with its words marked.
func (m *marker) whole(text string) []Piece { return pieces(text, 0, len(text), m.find(text)) }

// excerptLength is about how many characters an excerpt has.
const excerptLength = 240

// excerpt is the part of a text that says most of what was looked for, or the
// summary when the text says nothing of it.
func (m *marker) excerpt(body, summary string) []Piece {
	body = inOneLine(body)
	spans := m.find(body)
	if len(spans) == 0 && summary != "" {
		body = inOneLine(summary)
		spans = m.find(body)
	}
	from, to := window(body, spans)
	list := pieces(body, from, to, spans)
	if from > 0 && len(list) > 0 {
		list[0].Text = "… " + list[0].Text
		if list[0].Mark {
			list = append([]Piece{{Text: "… "}}, list...)
			list[1].Text = strings.TrimPrefix(list[1].Text, "… ")
		}
	}
	if to < len(body) {
		list = append(list, Piece{Text: " …"})
	}
	return list
}

// window chooses where an excerpt begins and ends.
func window(text string, spans []span) (from, to int) {
	best := 0
	for i := range spans {
		if i == 0 || worth(spans[i:]) > best {
			best, from = worth(spans[i:]), spans[i].start
		}
	}
	if from > 0 { // some words before, from the beginning of a word
		lead := from - excerptLength/4
		if lead <= 0 {
			from = 0
		} else if cut := strings.IndexByte(text[lead:from], ' '); cut >= 0 { // no-break spaces hold together
			from = lead + cut + 1
		}
	}
	to = from + excerptLength
	if to >= len(text) {
		return from, len(text)
	}
	if cut := strings.LastIndexByte(text[from:to], ' '); cut > 0 {
		return from, from + cut
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return from, to
}

// worth is how much an excerpt that begins with the first span says: different
// words count most.
func worth(spans []span) int {
	seen := map[string]bool{}
	total := 0
	for _, s := range spans {
		if s.end-spans[0].start > excerptLength*3/4 {
			break
		}
		total++
		if !seen[s.stem] {
			seen[s.stem] = true
			total += 100
		}
	}
	return total
}

// pieces cuts a part of a text at its marked words.
func pieces(text string, from, to int, spans []span) []Piece {
	var list []Piece
	add := func(part string, mark bool) {
		if part != "" {
			list = append(list, Piece{Text: part, Mark: mark})
		}
	}
	at := from
	for _, s := range spans {
		if s.start < at || s.end > to {
			continue
		}
		add(text[at:s.start], false)
		add(text[s.start:s.end], true)
		at = s.end
	}
	add(text[at:to], false)
	return list
}

// inOneLine joins lines: those that end a sentence by a space, headings and
// items of a list by a dot between.
func inOneLine(text string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	lines := strings.Split(text, "\n")
	var joined strings.Builder
	joined.WriteString(lines[0])
	for i, line := range lines[1:] {
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(lines[i], unicode.IsSpace))
		if strings.ContainsRune(".!?…:;,»", last) || lines[i] == "" || line == "" {
			joined.WriteByte(' ')
		} else {
			joined.WriteString(" · ")
		}
		joined.WriteString(line)
	}
	return joined.String()
}
