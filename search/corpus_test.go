package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"passerelle/models"
)

// corpus makes n replies of about 1 kB in an invented French: a vocabulary of
// 30 000 forms, drawn as often as words of a language are (Zipf), between real
// small words. Document i holds a word of its own, rareWord(i).
func corpus(seed uint64, n int) []doc {
	random := rand.New(rand.NewPCG(seed, 20))
	vocabulary := inventedWords()
	frequencies := rand.NewZipf(random, 1.15, 8, uint64(len(vocabulary)-1))
	docs := make([]doc, n)
	for i := range docs {
		var text strings.Builder
		for text.Len() < 1000 {
			if random.IntN(100) < 45 {
				text.WriteString(smallWords[random.IntN(len(smallWords))])
			} else {
				text.WriteString(vocabulary[frequencies.Uint64()])
			}
			switch random.IntN(12) {
			case 0:
				text.WriteString(", ")
			case 1:
				text.WriteString(". ")
			default:
				text.WriteString(" ")
			}
		}
		text.WriteString(rareWord(i))
		docs[i] = doc{
			ID: fmt.Sprint("post:", i+1), Type: Post, Body: text.String(), Forum: models.ID(i%3 + 1), Thread: models.ID(i/20 + 1),
			Date: models.At(time.Date(2024, 1, 1, 8, i, 0, 0, time.UTC)),
		}
	}
	return docs
}

func rareWord(i int) string { return fmt.Sprintf("unique%dq", i) }

var smallWords = strings.Fields("le la les de des du un une et à en que qui dans pour sur pas ne ce cette il elle nous vous au aux avec par plus est sont l’été c’est d’abord qu’il s’agit")

// inventedWords is the same list every time, frequent words first.
func inventedWords() []string {
	random := rand.New(rand.NewPCG(7, 7))
	starts := strings.Fields("ré dé in con pro par ad sub trans inter com for mar ser bu ca do fi ga li mo no pu sa té vo ac ob ex sur")
	middles := strings.Fields("na vi to ra mi sé lo ti cu pa ven gre fec duc por min ci vel tra bu")
	ends := strings.Fields("tion tions té tés ment ments teur teurs trice eur eurs ique iques able ables age ages er é ée és ées ant ance ances isme al aux elle if ive")
	seen := map[string]bool{}
	var list []string
	for len(list) < 30_000 {
		word := starts[random.IntN(len(starts))]
		for range random.IntN(3) {
			word += middles[random.IntN(len(middles))]
		}
		word += ends[random.IntN(len(ends))]
		if !seen[word] {
			seen[word] = true
			list = append(list, word)
		}
	}
	return list
}
