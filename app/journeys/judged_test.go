package journeys_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"passerelle/app/journeys"
	"passerelle/models"
	"passerelle/search"
)

// judgedFile holds queries with what they should find; its README says how the
// grades were given.
const judgedFile = "../../search/testdata/judged.tsv"

// judged is one query and the grade of each document that answers it.
type judged struct {
	kind, text string
	grades     map[string]int
}

func readJudged(t testing.TB) []judged {
	t.Helper()
	file, err := os.Open(judgedFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []judged
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		parts := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(lines.Text(), "#") || len(parts) != 3 {
			continue
		}
		one := judged{parts[0], parts[1], map[string]int{}}
		for _, judgement := range strings.Fields(parts[2]) {
			key, grade, _ := strings.Cut(judgement, "=")
			if one.grades[key], err = strconv.Atoi(grade); err != nil {
				t.Fatalf("%s: %v", lines.Text(), err)
			}
		}
		list = append(list, one)
	}
	return list
}

// depth is how far results are looked at.
const depth = 10

// ndcg is the discounted gain of a ranking beside that of the best one (Järvelin
// and Kekäläinen, « Cumulated gain-based evaluation of IR techniques », 2002).
func (j judged) ndcg(found []string) float64 {
	ideal := slices.Sorted(maps.Values(j.grades))
	slices.Reverse(ideal)
	var best, got float64
	for i, grade := range ideal[:min(depth, len(ideal))] {
		best += gain(grade, i)
	}
	for i, key := range found[:min(depth, len(found))] {
		got += gain(j.grades[key], i)
	}
	return got / best
}

func gain(grade, place int) float64 {
	return (math.Pow(2, float64(grade)) - 1) / math.Log2(float64(place)+2)
}

// mrr is one over the place of the first document that a person wanted.
func (j judged) mrr(found []string) float64 {
	for i, key := range found[:min(depth, len(found))] {
		if j.grades[key] == 3 {
			return 1 / float64(i+1)
		}
	}
	return 0
}

// BenchmarkJudged prints how well the search answers the judged queries, by
// kind; with PASSERELLE_JUDGED=1 also each query that it answers badly.
func BenchmarkJudged(b *testing.B) {
	site := journeys.Start(b)
	site.Found()
	threads := map[string]string{}
	err := site.Service.Store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		rows, err := tx.DB.Raw("SELECT id, import_key FROM threads").Rows()
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, key string
			if err := rows.Scan(&id, &key); err != nil {
				return err
			}
			threads[id] = key
		}
		return rows.Err()
	})
	if err != nil {
		b.Fatal(err)
	}
	type sum struct {
		n         int
		ndcg, mrr float64
	}
	list := readJudged(b)
	for b.Loop() {
		sums := map[string]sum{}
		for _, j := range list {
			found, err := site.Service.Index.Find(context.Background(), search.Query{Text: j.text})
			if err != nil {
				b.Fatal(err)
			}
			var keys []string
			for _, h := range append(found.Hits, found.Also...) {
				key := keyOf(h, threads)
				if !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
			ndcg, mrr := j.ndcg(keys), j.mrr(keys)
			if os.Getenv("PASSERELLE_JUDGED") != "" && ndcg < 0.9 {
				fmt.Printf("%.2f %s\t%s\t%v\n\twanted %v\n", ndcg, j.kind, j.text, keys[:min(6, len(keys))], j.grades)
			}
			for _, kind := range []string{j.kind, "(all)"} {
				s := sums[kind]
				sums[kind] = sum{s.n + 1, s.ndcg + ndcg, s.mrr + mrr}
			}
		}
		kinds := slices.SortedFunc(maps.Keys(sums), func(a, b string) int { return cmp.Compare(a, b) })
		for _, kind := range kinds {
			s := sums[kind]
			fmt.Printf("%-12s %3d queries  nDCG@10 %.3f  MRR@10 %.3f\n", kind, s.n, s.ndcg/float64(s.n), s.mrr/float64(s.n))
		}
		b.ReportMetric(sums["(all)"].ndcg/float64(len(list)), "nDCG@10")
	}
}

func keyOf(h search.Hit, threads map[string]string) string {
	switch h.Type {
	case search.UseCase, search.Experience:
		return "usecase:" + h.Slug
	case search.Lab, search.Call, search.Help:
		return string(h.Type) + ":" + h.Slug
	}
	return "thread:" + threads[h.Thread.String()]
}
