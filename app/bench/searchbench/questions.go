package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// The kinds of questions, in the order of the table.
const (
	rare      = "rare word"
	medium    = "medium word"
	frequent  = "frequent word"
	two       = "two words"
	five      = "five words of a sentence"
	phrase    = "phrase of three words"
	exclusion = "word without another"
	typo      = "word with a typo"
	beginning = "beginning of a word"
	filtered  = "medium word, replies of a year"
	mixed     = "realistic mix"
)

var kinds = []string{rare, medium, frequent, two, five, phrase, exclusion, typo, beginning, filtered, mixed}

// mixture is how often each kind is asked in the realistic mix, in a hundred:
// one in ten is a frequent word.
var mixture = []struct {
	kind  string
	share int
}{{frequent, 10}, {rare, 10}, {medium, 20}, {two, 25}, {five, 10}, {phrase, 5}, {exclusion, 2}, {typo, 8}, {beginning, 5}, {filtered, 5}}

// small are words that nobody looks for alone.
var small = set(`alors ainsi après aucun aucune aussi autre autres aux avant avec avoir car ce ceci cela celle celles celui
	ces cet cette ceux chaque comme comment contre dans de déjà depuis des deux doit doivent donc dont du elle elles en encore
	entre est et était être eux fait faire font il ils je la là le les leur leurs lors lorsque mais même mêmes moins ne non
	nos notre nous on ont ou où par parce pas peut peuvent plus plusieurs pour pourra pouvez quand que quel quelle quelles
	quels qui sans sauf se sera seront ses si sinon soit son sont sous suite sur tous tout toute toutes très un une vers
	vos votre vous sa été ayant avez cas ici qu puis toujours sinon soient auquel laquelle lequel
	avaient avait avais avons aurai aurait auraient aura auront aurez ayant étaient étais étant étiez serait seraient serai serez
	sommes furent fussent soyez ayez aient fait faites feront fera peu pourrait pourraient pouvant pouvait devrait devraient devez devra devront
	quelque quelques certains certaines chacun chacune tel telle tels telles afin ainsi selon auquel auxquels auxquelles desquels`)

// asker draws questions from the words of a corpus.
type asker struct {
	random                 *rand.Rand
	corpus                 *corpus
	held                   map[string]int // in how many documents a word stands
	rare, medium, frequent []string
	years                  []string
}

// newAsker counts the words of a corpus. A rare word stands in at most one
// document in 5 000 (or three), a medium one in one of 1 000 to one of 50, a
// frequent one in more than one of ten.
func newAsker(c *corpus, seed uint64) *asker {
	a := &asker{random: rand.New(rand.NewPCG(seed, 2)), corpus: c, held: map[string]int{}}
	last := map[string]int{}
	words := make([][]string, len(c.paragraphs))
	for document, paragraphs := range c.documents {
		for _, p := range paragraphs {
			if words[p] == nil {
				words[p] = distinct(wordsIn(c.paragraphs[p]))
			}
			for _, word := range words[p] {
				if before, ok := last[word]; !ok || before != document {
					last[word] = document
					a.held[word]++
				}
			}
		}
	}
	n := len(c.documents)
	for word, held := range a.held {
		switch {
		case utf8.RuneCountInString(word) < 4 || small[word]:
		case held > n/10:
			a.frequent = append(a.frequent, word)
		case held >= n/1000 && held <= n/50:
			a.medium = append(a.medium, word)
		case held <= max(3, n/5000) && utf8.RuneCountInString(word) >= 5:
			a.rare = append(a.rare, word)
		}
	}
	slices.Sort(a.rare)
	slices.Sort(a.medium)
	slices.Sort(a.frequent)
	return a
}

func distinct(words []string) []string {
	slices.Sort(words)
	return slices.Clip(slices.Compact(words))
}

func (a *asker) one(list []string) string { return list[a.random.IntN(len(list))] }

// ask draws n questions of a kind.
func (a *asker) ask(kind string, n int) []question {
	var list []question
	if kind == mixed {
		for _, part := range mixture {
			list = append(list, a.ask(part.kind, n*part.share/100)...)
		}
		a.random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for i := range list {
			list[i].Kind = mixed
		}
		return list
	}
	for len(list) < n {
		q := question{Kind: kind, Right: -1}
		switch kind {
		case rare:
			q.Words = []string{a.one(a.rare)}
		case medium:
			q.Words = []string{a.one(a.medium)}
		case frequent:
			q.Words = []string{a.one(a.frequent)}
		case two:
			q.Words = a.together(2)
		case five:
			q.Words = a.following(5)
		case phrase:
			q.Words, q.Phrase = a.following(3), true
		case exclusion:
			words := a.together(2)
			q.Words, q.Without = words[:1], words[1]
		case typo:
			q.Words = []string{a.misspell(a.long(a.medium))}
		case beginning:
			q.Words, q.Begun = []string{string([]rune(a.long(a.medium))[:4+a.random.IntN(2)])}, true
		case filtered:
			q.Words, q.Replies, q.Year = []string{a.one(a.medium)}, true, a.years[a.random.IntN(len(a.years))]
		default:
			panic("unknown kind " + kind)
		}
		list = append(list, q)
	}
	return list
}

// misspell makes an error that gives no other word of the corpus, where one of
// a few tries does.
func (a *asker) misspell(word string) (wrong string) {
	for range 20 {
		if wrong = misspelt(a.random, word); a.held[wrong] == 0 {
			break
		}
	}
	return wrong
}

func (a *asker) long(list []string) string {
	for {
		if word := a.one(list); utf8.RuneCountInString(word) >= 6 {
			return word
		}
	}
}

// together are different words of one document that aren't small.
func (a *asker) together(n int) []string {
	for {
		var words []string
		for _, word := range wordsIn(a.corpus.text(a.random.IntN(len(a.corpus.documents)))) {
			if utf8.RuneCountInString(word) >= 4 && !small[word] && !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		if len(words) < 2*n {
			continue
		}
		a.random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		return words[:n]
	}
}

// following are n words that follow each other in a paragraph, without a sign
// between them; at least half of them are not small.
func (a *asker) following(n int) []string {
	for {
		p := a.corpus.documents[a.random.IntN(len(a.corpus.documents))]
		fields := strings.Fields(a.corpus.paragraphs[p[a.random.IntN(len(p))]])
		if len(fields) <= n {
			continue
		}
		at := a.random.IntN(len(fields) - n)
		words := fields[at : at+n]
		plain, telling := true, 0
		for _, word := range words {
			letters := wordsIn(word)
			plain = plain && strings.Trim(strings.ToLower(word), "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüœ'’-") == "" && len(letters) > 0
			if len(letters) > 0 && utf8.RuneCountInString(letters[len(letters)-1]) >= 4 && !small[letters[len(letters)-1]] {
				telling++
			}
		}
		if plain && 2*telling >= n-1 && !strings.HasPrefix(words[0], "-") {
			return slices.Clone(words)
		}
	}
}

// The ways in which a known document is asked for.
const (
	clean      = "clean"
	accentless = "accent-less"
	otherForm  = "inflected"
	wrong      = "misspelt"
)

var ways = []string{clean, accentless, otherForm, wrong}

// known asks for each known document in each way, by the three to five of its
// words that tell it best from the others, at least one of them with an accent.
func (a *asker) known() []question {
	var list []question
	for _, document := range a.corpus.known {
		words := a.telling(document, 3+a.random.IntN(3))
		if len(words) < 3 {
			continue
		}
		for _, way := range ways {
			asked := slices.Clone(words)
			at := longestOf(asked)
			for i, word := range asked {
				switch {
				case way == accentless:
					asked[i] = withoutAccents(word)
				case way == otherForm:
					asked[i] = inflected(word)
				case way == wrong && i == at:
					asked[i] = a.misspell(word)
				}
			}
			list = append(list, question{Kind: way, Words: asked, Right: document})
		}
	}
	return list
}

func longestOf(words []string) int {
	at := 0
	for i, word := range words {
		if utf8.RuneCountInString(word) > utf8.RuneCountInString(words[at]) {
			at = i
		}
	}
	return at
}

// telling are the rarest words of a document that at least one other holds:
// a word that it alone holds would be no question.
func (a *asker) telling(document, n int) []string {
	words := slices.DeleteFunc(distinct(wordsIn(a.corpus.text(document))), func(word string) bool {
		return utf8.RuneCountInString(word) < 5 || small[word] || a.held[word] < 3
	})
	slices.SortStableFunc(words, func(x, y string) int { return cmp.Compare(a.held[x], a.held[y]) })
	chosen := slices.Clone(words[:min(n, len(words))])
	accented := func(word string) bool { return withoutAccents(word) != word }
	if !slices.ContainsFunc(chosen, accented) {
		if i := slices.IndexFunc(words, accented); i >= 0 {
			chosen[len(chosen)-1] = words[i]
		}
	}
	return chosen
}

// about says how many words the kinds are drawn from.
func (a *asker) about() string {
	return fmt.Sprintf("words to draw from: %d rare, %d medium, %d frequent (in more than a tenth of all documents)", len(a.rare), len(a.medium), len(a.frequent))
}
