package searchpages

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"passerelle/app/ui"
	"passerelle/search"
)

// results are what was found, as the page says it.
type results struct {
	search.Found
	asked
	csrf string // of a person who may follow the search; "" for a visitor
}

// lead is what stands over an empty field.
func (r results) lead() string {
	if r.Problem != search.Nothing {
		return ""
	}
	return "Cherchez dans tout ce qui est public\u00a0: cas d’usage, laboratoires, forums, guichets, aide."
}

// facet is one question of the filters.
type facet struct {
	name, label string
	counts      []search.Count
	said        func(search.Count) string // of a value, in words
	value       func(search.Count) string // of a value, in an address
	chosen      []string                  // values in the address
	without     func(q search.Query, value string) search.Query
}

func label(c search.Count) string { return c.Label }
func value(c search.Count) string { return c.Value }

// facets are the questions, in the order in which they are asked.
func (r results) facets() []facet {
	return []facet{
		{"type", "Nature", r.Types, func(c search.Count) string { return kinds[search.Type(c.Value)].many },
			func(c search.Count) string { return search.Type(c.Value).Word() }, wordsOf(r.Query.Types),
			func(q search.Query, v string) search.Query { q.Types = withoutWord(q.Types, v); return q }},
		{"labo", "Laboratoire", r.Labs, label, value, r.Query.Labs,
			func(q search.Query, v string) search.Query { q.Labs = without(q.Labs, v); return q }},
		{"region", "Région", r.Regions, label, value, r.Query.Regions,
			func(q search.Query, v string) search.Query { q.Regions = without(q.Regions, v); return q }},
		{"forum", "Forum", r.Forums, label, value, r.Query.Forums,
			func(q search.Query, v string) search.Query { q.Forums = without(q.Forums, v); return q }},
		{"etat", "État", r.Statuses, func(c search.Count) string { return statuses[search.Status(c.Value)] },
			func(c search.Count) string { return search.Status(c.Value).Word() }, wordsOf(r.Query.Statuses),
			func(q search.Query, v string) search.Query { q.Statuses = withoutWord(q.Statuses, v); return q }},
		{"annee", "Année", r.Years, label, value, r.Query.Years,
			func(q search.Query, v string) search.Query { q.Years = without(q.Years, v); return q }},
	}
}

type worded interface {
	comparable
	Word() string
}

func wordsOf[T worded](list []T) []string {
	words := make([]string, len(list))
	for i, one := range list {
		words[i] = one.Word()
	}
	return words
}

func withoutWord[T worded](list []T, word string) []T {
	return slices.DeleteFunc(slices.Clone(list), func(one T) bool { return one.Word() == word })
}

// counted tells whether there is anything to filter by.
func (r results) counted() bool { return len(r.filter().Groups) > 0 }

// filter are the filters, each value with what it would give.
func (r results) filter() ui.Filter {
	f := ui.Filter{Action: "/recherche", Keep: []ui.HiddenValue{{Name: "q", Value: r.Text}}}
	if r.Newest {
		f.Keep = append(f.Keep, ui.HiddenValue{Name: "tri", Value: "recent"})
	}
	if r.Filtered() {
		f.Clear = r.everywhere()
	}
	for i, one := range r.facets() {
		group := ui.FacetGroup{Name: one.name, Label: one.label, Closed: i > 1}
		for _, c := range one.counts {
			v := one.value(c)
			group.Options = append(group.Options, ui.FacetOption{Value: v, Label: one.said(c), Count: c.Count, Checked: slices.Contains(one.chosen, v)})
		}
		for _, v := range one.chosen { // one that gives nothing must stay to be taken off
			if !slices.ContainsFunc(group.Options, func(o ui.FacetOption) bool { return o.Value == v }) {
				group.Options = append(group.Options, ui.FacetOption{Value: v, Label: r.saidOf(one, v), Checked: true})
			}
		}
		if len(group.Options) > 1 || len(one.chosen) > 0 {
			f.Groups = append(f.Groups, group)
		}
	}
	return f
}

// saidOf is a chosen value in words.
func (r results) saidOf(one facet, v string) string {
	for _, c := range one.counts {
		if one.value(c) == v {
			return one.said(c)
		}
	}
	for t := range kinds {
		if one.name == "type" && t.Word() == v {
			return kinds[t].many
		}
	}
	for s := range statuses {
		if one.name == "etat" && s.Word() == v {
			return statuses[s]
		}
	}
	return v
}

// chosen are the filters that are on.
func (r results) chosen() []ui.Link {
	var links []ui.Link
	for _, one := range r.facets() {
		for _, v := range one.chosen {
			links = append(links, ui.Link{Text: r.saidOf(one, v), Address: address(one.without(r.first(), v))})
		}
	}
	return links
}

func (r results) count() ui.Order {
	o := ui.Order{
		Count: ui.Count(r.Total, "résultat", "résultats"), Action: "/recherche", Name: "tri",
		Options: []ui.Option{{Value: "", Label: "Pertinence"}, {Value: "recent", Label: "Date"}},
	}
	if r.Newest {
		o.Value = "recent"
	}
	for name, values := range r.first().Values() {
		for _, v := range values {
			if name != "tri" {
				o.Keep = append(o.Keep, ui.HiddenValue{Name: name, Value: v})
			}
		}
	}
	slices.SortFunc(o.Keep, func(a, b ui.HiddenValue) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value))
	})
	if r.Filtered() {
		o.Note = "pour ces filtres"
	}
	return o
}

func (r results) pager() ui.Pages {
	return ui.Pages{Current: r.Found.Page, Last: r.Pages, Address: r.onPage, Label: "Pages de résultats"}
}

// onward is the address of the results after the last page; "" when there are
// none, or before that page.
func (r results) onward() string {
	if r.Next == "" || r.Found.Page < r.Pages {
		return ""
	}
	q := r.first()
	q.After = r.Next
	return address(q)
}

// feed is the address at which a feed reader follows this search.
func (r results) feed() string { return "/recherche.atom?" + r.first().Values().Encode() }

// understood says what the operators narrow.
func (r results) understood() (known, unknown []string) {
	for _, o := range r.Operators {
		if o.Known {
			known = append(known, operatorWords[o.Name]+" « "+o.Value+" »")
		} else {
			unknown = append(unknown, "« "+o.Value+" »")
		}
	}
	return known, unknown
}

var operatorWords = map[string]string{
	"auteur": "écrit par", "type": "nature", "labo": "laboratoire", "region": "région", "forum": "forum", "avant": "avant le", "apres": "à partir du",
}

// listed joins words as a sentence does.
func listed(words []string) string { return typeset.Replace(strings.Join(words, ", ")) }

// lines are the results as rows.
func (r results) lines() []ui.Line {
	return linesOf(r.Hits)
}

func linesOf(hits []search.Hit) []ui.Line {
	lines := make([]ui.Line, len(hits))
	for i, h := range hits {
		lines[i] = ui.Line{
			Kind: kinds[h.Type].one, Title: search.Plain(h.Title), Address: h.Address(), Meta: facts(h), Text: below(h),
		}
		if h.Type == search.Post && h.Body != "" {
			lines[i].States = []ui.State{ui.OfficialAnswer}
		}
		if h.Type != search.Call && !h.Date.IsZero() { // a call's dates are its page's matter
			lines[i].Date = ui.Moment(h.Date)
		}
	}
	return lines
}

// facts say where a result comes from.
func facts(h search.Hit) []string {
	var list []string
	for _, fact := range []string{h.Lab, h.Region, h.Forum, h.Body} {
		if fact != "" {
			list = append(list, fact)
		}
	}
	if h.Type == search.Post {
		list = append(list, "Message n° "+strconv.FormatInt(h.Number, 10))
	}
	return list
}

// typeset puts the no-break spaces of French into a sentence.
var typeset = strings.NewReplacer("« ", "«\u202f", " »", "\u202f»", " :", "\u00a0:")

// ways lead out of a search that found nothing.
var ways = []ui.Link{{Text: "Parcourir les cas d’usage", Address: "/cas-usage"}, {Text: "Aller aux forums", Address: "/forums"}}

// nothing says why there is no result, and what to do.
func (r results) nothing() ui.Nothing {
	n := ui.Nothing{Title: "Aucun résultat pour « " + shortened(r.Text) + " »", Links: ways}
	switch {
	case r.Problem == search.TooLong:
		n.Title = "Cette recherche est trop longue"
		n.Text = "Une recherche compte " + ui.Number(search.MaxText) + " caractères au plus. Gardez les mots les plus importants."
	case r.Problem == search.OnlySigns:
		n.Title = "Il manque un mot à chercher"
		n.Text = "Cette recherche ne contient ni lettre ni chiffre. Écrivez un ou plusieurs mots, par exemple « données ouvertes »."
	case r.Problem == search.OnlySmall:
		n.Title = "Ces mots sont trop courants"
		n.Text = "Des mots comme « le », « de » ou « pour » sont partout. Ajoutez un mot plus précis, ou mettez la suite exacte entre guillemets."
	case r.Problem == search.OnlyWithout:
		n.Title = "Dites aussi ce que vous cherchez"
		n.Text = "Cette recherche dit seulement ce qu’il faut écarter. Ajoutez un mot sans tiret devant."
	case r.Rebuilding:
		n.Title = "Aucun résultat pour l’instant"
		n.Text = "Tout n’est pas encore dans l’index : cherchez de nouveau dans un moment."
	case r.Elsewhere > 0:
		n.Title = "Aucun résultat pour ces filtres"
		n.Text = "Sans filtre, cette recherche en trouve."
		n.Links = []ui.Link{{Text: "Voir " + ui.Count(r.Elsewhere, "résultat", "résultats") + " sans filtre", Address: r.everywhere()}}
	default:
		n.Text = "Vérifiez l’orthographe, essayez avec moins de mots ou avec d’autres mots : les accents et le pluriel ne comptent pas."
	}
	n.Title, n.Text = typeset.Replace(n.Title), typeset.Replace(n.Text)
	return n
}

// meaning is the same search with the word that was looked for.
func (r results) meaning(t search.Taken) search.Query {
	q := r.first()
	words := strings.Fields(q.Text)
	for i, word := range words {
		if search.SameWord(word, t.Typed) {
			words[i] = t.For
		}
	}
	q.Text = strings.Join(words, " ")
	return q
}
