package search

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"passerelle/models"
)

func (w *world) find(q Query) Found {
	w.t.Helper()
	w.sync()
	found, err := w.index.Find(w.t.(*testing.T).Context(), q)
	if err != nil {
		w.t.Fatalf("find %q: %v", q.Text, err)
	}
	return found
}

// names are what was found, best first.
func (f Found) names() string {
	var list []string
	for _, h := range f.Hits {
		list = append(list, fmt.Sprintf("%s:%d", h.Type, h.ID))
		for _, other := range h.Others {
			list = append(list, fmt.Sprintf("+%s:%d", other.Type, other.ID))
		}
	}
	return strings.Join(list, " ")
}

func (f Found) facets() string {
	var list []string
	for _, c := range f.Types {
		list = append(list, fmt.Sprintf("%s %d", c.Value, c.Count))
	}
	for _, c := range f.Labs {
		list = append(list, fmt.Sprintf("%s %d", c.Value, c.Count))
	}
	return strings.Join(list, ", ")
}

func marked(pieces []Piece) string {
	var text strings.Builder
	for _, p := range pieces {
		if p.Mark {
			text.WriteString("[" + p.Text + "]")
		} else {
			text.WriteString(p.Text)
		}
	}
	return text.String()
}

// library is a small portal: every type of thing speaks of « déchèterie ».
func library(t *testing.T) *world {
	w := newWorld(t)
	w.lab(1, "Ti Lab", "53")
	w.lab(2, "Lab’EST", "44")
	w.useCase(1, 1, "La déchèterie mobile", "Un camion passe", "On a essayé dans trois communes.")
	w.useCase(2, 1, "Accueil en mairie", "Trois guichets", "Même la déchèterie y est expliquée.")
	w.useCase(3, 2, "Le compteur d’eau", "Relever à distance", "Rien de plus.")
	w.useCase(4, 0, "Projet local", "Une déchèterie de quartier", "Porté par des habitants.")
	w.page(1, "help", "Chercher", "Tapez par exemple déchèterie.")
	w.page(2, "legal", "Mentions", "Rien sur le tri ici.")
	w.call(1, "France Relance", "Une déchèterie peut être financée.")
	w.thread(1, "Nos déchèteries ferment", "Que faire le samedi ?")
	w.thread(2, "Données ouvertes", "Publier les horaires des déchetteries de la ville.")
	w.post(11, 1, 2, "La déchèterie de Rennes reste ouverte.")
	w.post(12, 1, 3, "Sans rapport.")
	w.post(21, 2, 2, "Les horaires sont en ligne, ceux de la déchetterie aussi.")
	return w.open()
}

func TestFind(t *testing.T) {
	t.Parallel()
	w := library(t)
	tests := map[string]struct {
		q       Query
		names   string // sorted by the answer; "?" for any order
		total   int
		relaxed bool
	}{
		"title before summary before body": {Query{Text: "déchèterie", Types: []Type{UseCase, Experience}}, "use_case:1 experience:4 use_case:2", 3, false},
		"all words":                        {Query{Text: "déchetterie horaires"}, "thread:2 +post:21", 2, false},
		"across fields":                    {Query{Text: "camion communes"}, "use_case:1", 1, false},
		"a label":                          {Query{Text: "Bretagne accueil"}, "use_case:2", 1, false},
		"some words":                       {Query{Text: "compteur inexistant"}, "use_case:3", 1, true},
		"any word, most first":             {Query{Text: "camion trois inexistant"}, "use_case:1 use_case:2", 2, true},
		"phrase":                           {Query{Text: `"reste ouverte"`}, "post:11", 1, false},
		"phrase in that order only":        {Query{Text: `"ouverte reste"`}, "post:11 thread:2", 2, true},
		"phrase with small words":          {Query{Text: `"en ligne, ceux de la"`}, "post:21", 1, false},
		"phrase of a title":                {Query{Text: `"la déchèterie mobile"`}, "use_case:1", 1, false},
		"no phrase from the title on":      {Query{Text: `"mobile un camion"`}, "?use_case:1", 1, true},
		"phrase as it is written":          {Query{Text: `"trois commune"`}, "?use_case:1 use_case:2", 2, true},
		"without":                          {Query{Text: "déchèterie -rennes -horaires", Types: []Type{Thread, Post}}, "thread:1", 1, false},
		"of a laboratory":                  {Query{Text: "déchèterie", Labs: []string{"lab-1"}}, "use_case:1 use_case:2", 2, false},
		"of several":                       {Query{Text: "laboratoire", Labs: []string{"lab-1", "lab-2"}}, "?lab:1 lab:2", 2, false},
		"of a type and laboratory":         {Query{Text: "déchèterie", Labs: []string{"lab-1"}, Types: []Type{Post}}, "", 0, false},
		"name of a laboratory":             {Query{Text: "lab'est"}, "lab:2 use_case:3", 2, false},
		"an acronym's other form":          {Query{Text: "labest", Types: []Type{Lab}}, "lab:2", 1, false},
		"legal pages too":                  {Query{Text: "mentions"}, "page:2", 1, false},
		"nothing":                          {Query{Text: "zzz"}, "", 0, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			found := w.find(tt.q)
			got, want := found.names(), tt.names
			if any, ok := strings.CutPrefix(want, "?"); ok {
				got, want = sorted(got), sorted(any)
			}
			if got != want || found.Total != tt.total || found.Relaxed != tt.relaxed {
				t.Errorf("%q: found %s, %d in all, relaxed %v; want %s, %d, %v", tt.q.Text, got, found.Total, found.Relaxed, want, tt.total, tt.relaxed)
			}
		})
	}
}

func sorted(list string) string {
	words := strings.Fields(list)
	for i := range words {
		for j := i; j > 0 && words[j] < words[j-1]; j-- {
			words[j], words[j-1] = words[j-1], words[j]
		}
	}
	return strings.Join(words, " ")
}

func TestFacetsCountWithinTheOtherFilters(t *testing.T) {
	t.Parallel()
	w := library(t)
	tests := []struct {
		q    Query
		want string
	}{
		{Query{Text: "déchèterie"}, "use_case 2, experience 1, call 1, thread 2, post 2, page 1, lab-1 2"},
		{Query{Text: "déchèterie", Types: []Type{Thread}}, "use_case 2, experience 1, call 1, thread 2, post 2, page 1"},
		{Query{Text: "déchèterie", Types: []Type{UseCase, Post}}, "use_case 2, experience 1, call 1, thread 2, post 2, page 1, lab-1 2"},
		{Query{Text: "déchèterie", Labs: []string{"lab-1"}}, "use_case 2, lab-1 2"},
		{Query{Text: "trois OR laboratoire", Labs: []string{"lab-2"}, Types: []Type{Lab}}, "lab 1, lab-2 1, lab-1 1"},
	}
	for _, tt := range tests {
		found := w.find(tt.q)
		if got := found.facets(); got != tt.want {
			t.Errorf("%+v: facets %s; want %s", tt.q, got, tt.want)
		}
	}
	if found := w.find(Query{Text: "déchèterie", Types: []Type{Lab}}); found.Total != 0 || found.Elsewhere != 9 || found.Relaxed {
		t.Errorf("nothing within the filter: %d, elsewhere %d, relaxed %v", found.Total, found.Elsewhere, found.Relaxed)
	}
}

func TestUnknownFilters(t *testing.T) {
	t.Parallel()
	w := library(t)
	for _, q := range []Query{{Text: "a", Labs: []string{"nulle-part"}}, {Text: "a", Types: []Type{"secret"}}} {
		if _, err := w.index.Find(t.Context(), q); models.Code(err) != "lab.unknown_filter" {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

func TestPaging(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thread(1, "Long fil", "ouverture")
	// A reply a thread, of different lengths, so that no two are worth the same.
	w.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
		INSERT INTO threads (id, forum_id, kind, title, slug, author_id, last_number, posts, participants, last_visible, last_activity, created_at)
		SELECT i, 1, 'discussion', 'Un fil', 'fil', ?, 2, 1, 1, 1, ?, ? FROM n`, w.by.ID, w.store.Now(), w.store.Now())
	w.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
		INSERT INTO posts (thread_id, number, author_id, markdown, html, text, renderer, created_at)
		SELECT i, 2, ?, '', '', 'un parapluie' || replace(hex(zeroblob(i)), '00', ' mot'), 1, ? FROM n`, w.by.ID, w.store.Now())
	w.open()
	seen := map[models.ID]bool{}
	next := ""
	for _, pages := range []int{10, 10, 10, 10, 10, 10} { // 200 in each window, 199 in the last
		after := next
		for page := 1; page <= pages; page++ {
			found := w.find(Query{Text: "parapluie", Page: page, After: after})
			if found.Total != 1199 || found.Pages != pages || found.Page != page || page < pages && len(found.Hits) != PageSize {
				t.Fatalf("page %d: %d hits of %d, %d pages, page %d", page, len(found.Hits), found.Total, found.Pages, found.Page)
			}
			for _, h := range found.Hits {
				if seen[h.ID] {
					t.Errorf("post %d stands on two pages", h.ID)
				}
				seen[h.ID] = true
			}
			next = found.Next
		}
	}
	if len(seen) != 1199 || next != "" {
		t.Errorf("%d of 1199 seen, next %q", len(seen), next)
	}
	if found := w.find(Query{Text: "parapluie", Page: 1 << 40}); found.Page != MaxPages || len(found.Hits) != PageSize {
		t.Errorf("a page too far: %d, %d hits", found.Page, len(found.Hits))
	}
	if found := w.find(Query{Text: "parapluie", Page: -3}); found.Page != 1 {
		t.Errorf("page %d for a negative one", found.Page)
	}
}

// What holds a word as it was typed comes before its approximations.
func TestFindMeansWhatWasMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, title := range []string{
		1: "Publier les horaires", 2: "Nous publions chaque mois", 3: "La publication des comptes", 4: "Le système d’information",
		5: "Notre SI est neuf", 6: "Si tout va bien", 7: "Une co-construction", 8: "La dématérialisation", 9: "Un aménagement durable",
		10: "L’urbanisme à l’école", 11: "Les données ouvertes", 12: "Un sac de 48 000 €",
		13: "Le PLU révisé", 14: "La pluie d’octobre", 15: "Le plan local d’urbanisme", 16: "Un plan pour l’économie locale, puis l’urbanisme",
	} {
		if title != "" {
			w.thread(models.ID(i), title, "x")
		}
	}
	w.thread(20, "Le tableau", "une formaion pour tous")
	for id := models.ID(21); id <= 30; id++ {
		w.thread(id, "Le tableau", "une formation pour tous")
	}
	w.open()
	synonyms, err := ReadSynonyms(strings.NewReader("SI, système d’information\ndématérialisation, démat\nPLU, plan local d’urbanisme"))
	if err != nil {
		t.Fatal(err)
	}
	w.index.Synonyms = synonyms
	tests := []struct{ typed, want string }{
		{"publie", "thread:1 thread:2 thread:3"},
		{"SI", "thread:5 thread:4"},
		{"systèmes d'information", "thread:4 thread:5"},
		{"coconstruction", "thread:7"},
		{"co construction", "thread:7"},
		{"co-constructions", "thread:7"},
		{"démat", "thread:8"},
		{"amenagment", "thread:9"},
		{"dématérailsiation", "thread:8"},
		{"lurbanisme école", "thread:10"},
		{"l’urbansime école", "thread:10"},
		{"PLU", "thread:13 thread:15"},
		{"plan local d'urbanisme", "thread:15 thread:16 thread:13"}, // the words as typed, anywhere, then the acronym
		{"donneesouvertes", "thread:11"},
		{"aménag", "thread:9"},
		{"48000 €", "thread:12"},
		{"48 000", "thread:12"},
	}
	for _, tt := range tests {
		if got := w.find(Query{Text: tt.typed}).names(); got != tt.want {
			t.Errorf("%q finds %s, want %s", tt.typed, got, tt.want)
		}
	}
	found := w.find(Query{Text: "formaion"})
	if found.Total != 11 || found.Hits[0].ID != 20 || len(found.Taken) != 1 || found.Taken[0] != (Taken{"formaion", "formation"}) {
		t.Errorf("%d found, first %v, taken %v", found.Total, found.Hits[0].ID, found.Taken)
	}
	if found := w.find(Query{Text: "amenagment"}); len(found.Taken) != 1 || found.Taken[0].For != "aménagement" {
		t.Errorf("taken for %v", found.Taken)
	}
}

// A search of many words that nothing holds costs no more than a few of them.
func TestOnlySomeWordsAreMended(t *testing.T) {
	t.Parallel()
	w := library(t)
	var many strings.Builder
	for i := range 30 {
		fmt.Fprintf(&many, "déchèteri%c%c ", 'a'+i%26, 'p'+i/26)
	}
	if found := w.find(Query{Text: many.String()}); len(found.Taken) > maxMends {
		t.Errorf("%d words were mended", len(found.Taken))
	}
	if found := w.find(Query{Text: "déchèterie" + strings.Repeat("x", 40)}); found.Total != 0 || len(found.Taken) != 0 {
		t.Errorf("a word of 50 letters: %d found", found.Total)
	}
}

func TestFewResultsAreFollowedByOthers(t *testing.T) {
	t.Parallel()
	w := library(t)
	found := w.find(Query{Text: "camion communes trois guichets"})
	if !found.Relaxed || found.names() != "use_case:1 use_case:2 call:1" {
		t.Errorf("found %s, relaxed %v", found.names(), found.Relaxed)
	}
	found = w.find(Query{Text: "camion déchèterie"})
	if found.Total != 1 || found.Relaxed || len(found.Also) == 0 || found.Also[0].ID == 1 && found.Also[0].Type == UseCase {
		t.Errorf("%d found, also %v", found.Total, found.Also)
	}
}

func TestOperatorsNarrow(t *testing.T) {
	t.Parallel()
	w := library(t)
	tests := []struct {
		typed string
		total int
		known string
	}{
		{"déchèterie labo:lab-1", 2, "true"},
		{"déchèterie region:bretagne", 3, "true"},
		{`déchèterie forum:"données ouvertes"`, 4, "true"},
		{"déchèterie type:fil", 4, "true"},
		{"déchèterie type:cas", 3, "true"},
		{"déchèterie auteur:camille", 4, "true"},
		{"déchèterie auteur:personne", 0, "false"},
		{"déchèterie avant:1990", 0, "true"},
		{"déchèterie après:1990 -mobile", 7, "true"},
		{"type:labo", 2, "true"},
	}
	for _, tt := range tests {
		found := w.find(Query{Text: tt.typed})
		if found.Relaxed {
			found.Total = 0
		}
		if len(found.Operators) != 1 || fmt.Sprint(found.Operators[0].Known) != tt.known || found.Total != tt.total {
			t.Errorf("%s: %d found, operators %v; want %d", tt.typed, found.Total, found.Operators, tt.total)
		}
	}
}

// What was hidden in the database is not shown from the moment of its commit,
// however late the index is.
func TestWhatIsHiddenIsNotShownEvenBeforeTheIndexKnows(t *testing.T) {
	t.Parallel()
	w := library(t)
	w.sync()
	x := w.index
	w.shut() // its snapshot stays as it was; nothing follows the feed any more
	g, err := open(x.current().path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	late := &Index{store: w.store, live: g, moved: make(chan struct{})}
	for range 2 { // the second time from what was kept
		if found, err := late.Find(t.Context(), Query{Text: "rennes"}); err != nil || found.Total != 1 {
			t.Fatalf("before: %d found, error %v", found.Total, err)
		}
	}
	if len(late.answers.found) != 1 {
		t.Errorf("%d answers kept", len(late.answers.found))
	}
	w.act("post.hidden", 11, "UPDATE posts SET state = 'hidden', hidden_reason = 'x', hidden_at = ? WHERE id = 11", w.store.Now())
	found, err := late.Find(t.Context(), Query{Text: "rennes"})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Hits) != 0 || found.Total != 0 {
		t.Errorf("found %s, %d in all", found.names(), found.Total)
	}
}

// Files that are spoilt under a running index end in a new one, not in a crash.
func TestASearchThatMeetsDamage(t *testing.T) {
	t.Parallel()
	w := library(t)
	w.sync()
	g := w.index.current()
	err := g.ask(func(*scorch.IndexSnapshot) error { panic("a table points nowhere") })
	if !errors.Is(err, errDamaged) {
		t.Fatalf("error %v", err)
	}
	for w.index.current() == g {
		moved := w.index.changed()
		if w.index.current() == g {
			<-moved
		}
	}
	w.agrees()
	if found := w.find(Query{Text: "déchèterie"}); found.Total != 9 || found.Rebuilding {
		t.Errorf("%d found, rebuilding %v", found.Total, found.Rebuilding)
	}
}

func TestHitsSayWhatAPageNeeds(t *testing.T) {
	t.Parallel()
	w := library(t)
	found := w.find(Query{Text: "déchèterie mobile"})
	h := found.Hits[0]
	if marked(h.Title) != "La [déchèterie] [mobile]" || h.Slug != "cas-1" || h.Lab != "Ti Lab" || h.Region != "Bretagne" || h.Date.IsZero() {
		t.Errorf("use case: %+v", h)
	}
	if marked(h.Excerpt) != "Un camion passe" { // the text says nothing of it
		t.Errorf("excerpt %q", marked(h.Excerpt))
	}
	h = w.find(Query{Text: "rennes"}).Hits[0]
	if marked(h.Title) != "Nos déchèteries ferment" || h.Forum != "Données ouvertes" || h.Thread != 1 || h.Number != 2 || h.Slug != "fil" {
		t.Errorf("reply: %+v", h)
	}
	if marked(h.Excerpt) != "La déchèterie de [Rennes] reste ouverte." {
		t.Errorf("excerpt %q", marked(h.Excerpt))
	}
}

func TestSearchesGoOnWhileTheIndexIsRenewed(t *testing.T) {
	t.Parallel()
	w := library(t)
	w.sync()
	renewed := make(chan error, 1)
	go func() {
		var err error
		for range 5 {
			if err == nil {
				err = w.index.Reindex(t.Context())
			}
		}
		renewed <- err
	}()
	for n := 0; ; n++ {
		found, err := w.index.Find(t.Context(), Query{Text: "déchèterie"})
		if err != nil || found.Total != 9 || found.Rebuilding {
			t.Fatalf("search %d: %d found, error %v", n, found.Total, err)
		}
		select {
		case err := <-renewed:
			if err != nil {
				t.Fatal(err)
			}
			return
		default:
		}
	}
}

func TestFundedProjectsAreFound(t *testing.T) {
	t.Parallel()
	w := library(t)
	w.exec("INSERT INTO organisations (id, siret, name, kind, department, created_at) VALUES (1, '21690123100011', 'Lyon', 'local', '69', '2026-01-01')")
	insert := `INSERT INTO applications (id, call_id, number, state, holder_id, organisation_id, body_name, title, summary, total_cents, requested_cents, granted_cents, created_at, updated_at, submitted_at, decided_at)
		VALUES (?, 1, ?, ?, ?, 1, 'Ville de Lyon', 'Un chaudron connecté', 'Pour la soupe.', 100, 100, ?, '2026-01-01', '2026-01-01', '2026-01-02', '2026-02-01 10:00:00.000000')`
	w.act("application.granted", 7, insert, 7, "2026-0007", "granted", w.by.ID, 100)
	w.act("application.refused", 8, insert, 8, "2026-0008", "refused", w.by.ID, 0)
	found := w.find(Query{Text: "chaudrons"})
	if found.names() != "project:7" || found.Hits[0].Body != "Ville de Lyon" || found.Hits[0].Address() != "/financement#projet-7" {
		t.Errorf("found %s: %+v", found.names(), found.Hits)
	}
	w.agrees()
}
