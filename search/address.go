package search

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"passerelle/models"
)

// Words of addresses: what a filter's value is called in /recherche?type=discussion.
var (
	typeWords = map[Type]string{
		UseCase: "cas-usage", Experience: "retour-experience", Lab: "laboratoire", Call: "guichet", Project: "projet-finance", Thread: "discussion",
		Question: "question", Proposal: "proposition", Post: "message", Help: "aide",
	}
	statusWords = map[Status]string{
		StatusPlanned: "a-venir", StatusOpen: "ouvert", StatusClosed: "clos", StatusIdea: "idee", StatusExperiment: "experimentation",
		StatusDeployed: "deploye", StatusActive: "actif", StatusEnded: "termine", StatusAbandoned: "abandonne",
		StatusOfficial: "reponse-officielle",
	}
)

// Word is what an address calls the type.
func (t Type) Word() string { return typeWords[t] }

// Word is what an address calls the status.
func (s Status) Word() string { return statusWords[s] }

// ErrPage says that an address asks for a page that cannot be.
var ErrPage = models.Refuse(models.NotFound, "web.page")

// maxValues bounds the values of one filter in an address.
const maxValues = 50

// ReadQuery reads the query of an address: q, type, labo, region, forum, annee,
// etat, tri, page, apres; others are passed over. Refuses with ErrUnknownFilter
// and ErrPage.
func ReadQuery(values url.Values) (q Query, err error) {
	q.Text = strings.TrimSpace(values.Get("q"))
	q.Labs, q.Regions, q.Forums, q.Years = some(values["labo"]), some(values["region"]), some(values["forum"]), some(values["annee"])
	for _, word := range some(values["type"]) {
		t, ok := called(typeWords, word)
		if !ok {
			return q, ErrUnknownFilter
		}
		q.Types = append(q.Types, t)
	}
	for _, word := range some(values["etat"]) {
		s, ok := called(statusWords, word)
		if !ok {
			return q, ErrUnknownFilter
		}
		q.Statuses = append(q.Statuses, s)
	}
	for _, year := range q.Years {
		if n, err := strconv.Atoi(year); err != nil || n < 1970 || n > 9999 || len(year) != 4 {
			return q, ErrUnknownFilter
		}
	}
	q.Newest = values.Get("tri") == "recent"
	q.After = values.Get("apres")
	q.Page = 1
	if page := values.Get("page"); page != "" {
		if q.Page, err = strconv.Atoi(page); err != nil || q.Page < 1 || q.Page > MaxPages || strconv.Itoa(q.Page) != page {
			return q, ErrPage
		}
	}
	return q, nil
}

func some(values []string) []string {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	return values[:min(len(values), maxValues)]
}

func called[T comparable](words map[T]string, word string) (found T, ok bool) {
	for value, its := range words {
		if its == word {
			return value, true
		}
	}
	return found, false
}

// Values are the query as an address has it.
func (q Query) Values() url.Values {
	values := url.Values{"q": {q.Text}}
	for _, t := range q.Types {
		values.Add("type", t.Word())
	}
	for name, list := range map[string][]string{"labo": q.Labs, "region": q.Regions, "forum": q.Forums, "annee": q.Years} {
		for _, value := range list {
			values.Add(name, value)
		}
	}
	for _, s := range q.Statuses {
		values.Add("etat", s.Word())
	}
	if q.Newest {
		values.Set("tri", "recent")
	}
	if q.Page > 1 {
		values.Set("page", strconv.Itoa(q.Page))
	}
	if q.After != "" {
		values.Set("apres", q.After)
	}
	return values
}

// Filtered tells whether a filter is on.
func (q Query) Filtered() bool {
	return len(q.Types)+len(q.Labs)+len(q.Regions)+len(q.Forums)+len(q.Years)+len(q.Statuses) > 0
}

// Everywhere is the same search without filters.
func (q Query) Everywhere() Query { return Query{Text: q.Text, Newest: q.Newest, Page: 1} }

// AwardsPerPage is how many funded projects a page of /financement lists: that
// of package funding, which this one does not import.
const AwardsPerPage = 20

// Address is where a hit is read, without scheme and host.
func (h Hit) Address() string {
	switch h.Type {
	case UseCase, Experience:
		return "/cas-usage/" + h.Slug
	case Lab:
		return "/laboratoires/" + h.Slug
	case Call:
		return "/financement/" + h.Slug
	case Project:
		page := ""
		if n := h.Number/AwardsPerPage + 1; n > 1 {
			page = "?page=" + strconv.FormatInt(n, 10)
		}
		return "/financement" + page + "#projet-" + h.ID.String()
	case Thread, Question, Proposal:
		return "/fils/" + h.ID.String() + "-" + h.Slug
	case Post:
		return "/messages/" + h.ID.String()
	}
	return "/" + h.Slug // a page's is its whole address: aide/chercher
}
