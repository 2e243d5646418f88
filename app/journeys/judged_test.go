package journeys_test

import (
	"bufio"
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

// judgedSets are queries with what they should find, on our own content and on
// texts that are imported beside it; their README says how the grades were given.
var judgedSets = []string{"judged", "everyday", "inside"}

func judgedFile(name string) string { return "../../search/testdata/" + name }

// judged is one query and the grade of each document that answers it.
type judged struct {
	kind, text string
	grades     map[string]int
}

func readJudged(t testing.TB, set string) []judged {
	t.Helper()
	file, err := os.Open(judgedFile(set + ".tsv"))
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

// keys are what the judgements call things.
type keys map[string]string

// imported brings the texts of a set into a site, if it has any, and reads what
// its judgements call things.
func imported(t testing.TB, site *journeys.Site, set string) keys {
	t.Helper()
	own := true
	file, err := os.Open(judgedFile(set + ".jsonl"))
	switch {
	case err == nil:
		defer file.Close()
		own = false
		if done, err := site.Service.Import(context.Background(), file); err != nil || len(done.Bad) > 0 {
			t.Fatalf("import %s: %v, %v", set, done, err)
		}
	case !os.IsNotExist(err):
		t.Fatal(err)
	}
	site.Found()
	found := keys{}
	err = site.Service.Store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		rows, err := tx.DB.Raw("SELECT 'thread:' || id, import_key FROM threads UNION ALL SELECT 'usecase:' || slug, import_key FROM use_cases").Rows()
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name, key string
			if err := rows.Scan(&name, &key); err != nil {
				return err
			}
			switch thread := strings.HasPrefix(name, "thread:"); {
			case !own:
				found[name] = key
			case thread:
				found[name] = "thread:" + key
			}
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// of is what the judgements call a hit.
func (k keys) of(h search.Hit) string {
	name := "thread:" + h.Thread.String()
	switch h.Type {
	case search.UseCase, search.Experience:
		name = "usecase:" + h.Slug
	case search.Lab, search.Call, search.Help:
		name = string(h.Type) + ":" + h.Slug
	}
	if key := k[name]; key != "" {
		return key
	}
	return name
}

// BenchmarkJudged prints how well the search answers the judged queries, by
// kind; with PASSERELLE_JUDGED=1 also each query that it answers badly. Of the
// sets with texts of their own, other content beside them is passed over.
func BenchmarkJudged(b *testing.B) {
	for _, set := range judgedSets {
		b.Run(set, func(b *testing.B) {
			site := journeys.Start(b)
			known := imported(b, site, set)
			list := readJudged(b, set)
			for b.Loop() {
				b.ReportMetric(judge(b, site, known, list, set != judgedSets[0]), "nDCG@10")
			}
		})
	}
}

// judge asks every query and prints the means by kind; it returns that of all.
func judge(b *testing.B, site *journeys.Site, known keys, list []judged, alone bool) float64 {
	type sum struct {
		n         int
		ndcg, mrr float64
	}
	sums := map[string]sum{}
	for _, j := range list {
		found, err := site.Service.Index.Find(context.Background(), search.Query{Text: j.text})
		if err != nil {
			b.Fatal(err)
		}
		var names []string
		for _, h := range append(found.Hits, found.Also...) {
			name := known.of(h)
			if !slices.Contains(names, name) && (!alone || !strings.Contains(name, ":") && !strings.HasPrefix(name, "demo-")) {
				names = append(names, name)
			}
		}
		ndcg, mrr := j.ndcg(names), j.mrr(names)
		if os.Getenv("PASSERELLE_JUDGED") != "" && ndcg < 0.9 {
			fmt.Printf("%.2f %s\t%s\t%v\n\twanted %v\n", ndcg, j.kind, j.text, names[:min(6, len(names))], j.grades)
		}
		for _, kind := range []string{j.kind, "(all)"} {
			s := sums[kind]
			sums[kind] = sum{s.n + 1, s.ndcg + ndcg, s.mrr + mrr}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(sums)) {
		s := sums[kind]
		fmt.Printf("%-12s %3d queries  nDCG@10 %.3f  MRR@10 %.3f\n", kind, s.n, s.ndcg/float64(s.n), s.mrr/float64(s.n))
	}
	return sums["(all)"].ndcg / float64(len(list))
}
