package searchpages

import (
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
}

// lead is what stands over an empty field.
func (r results) lead() string {
	if r.Problem != search.Nothing {
		return ""
	}
	return "Cherchez dans tout ce qui est public\u00a0: cas d’usage, laboratoires, forums, guichets, aide."
}

// facets are the filters, each with what it would give.
func (r results) facets() ui.Filter {
	f := ui.Filter{Action: "/recherche", Keep: []ui.HiddenValue{{Name: "q", Value: r.text}}}
	if r.filtered() {
		f.Clear = r.everywhere()
	}
	types := ui.FacetGroup{Name: "type", Label: "Nature"}
	for _, t := range search.Types {
		at := slices.IndexFunc(r.Types, func(c search.Count) bool { return c.Value == string(t) })
		chosen := slices.Contains(r.types, t)
		if at < 0 && !chosen {
			continue
		}
		option := ui.FacetOption{Value: kinds[t].value, Label: kinds[t].many, Checked: chosen}
		if at >= 0 {
			option.Count = r.Types[at].Count
		}
		types.Options = append(types.Options, option)
	}
	labs := ui.FacetGroup{Name: "labo", Label: "Laboratoire"}
	for _, l := range r.Labs {
		labs.Options = append(labs.Options, ui.FacetOption{Value: l.Value, Label: l.Label, Count: l.Count, Checked: slices.Contains(r.labs, l.Value)})
	}
	for _, group := range []ui.FacetGroup{types, labs} {
		if len(group.Options) > 0 {
			f.Groups = append(f.Groups, group)
		}
	}
	return f
}

// chosen are the filters that are on.
func (r results) chosen() []ui.Link {
	var links []ui.Link
	for _, t := range r.types {
		links = append(links, ui.Link{Text: kinds[t].many, Address: r.withoutType(t)})
	}
	for _, slug := range r.labs {
		links = append(links, ui.Link{Text: r.labName(slug), Address: r.withoutLab(slug)})
	}
	return links
}

func (r results) labName(slug string) string {
	for _, l := range r.Labs {
		if l.Value == slug {
			return l.Label
		}
	}
	return slug
}

func (r results) count() ui.Order {
	o := ui.Order{Count: ui.Count(r.Total, "résultat", "résultats")}
	if r.filtered() {
		o.Note = "pour ces filtres"
	}
	return o
}

func (r results) pager() ui.Pages {
	return ui.Pages{Current: r.Found.Page, Last: r.Pages, Address: r.onPage, Label: "Pages de résultats"}
}

// more tells whether there are results beyond the last page.
func (r results) more() bool { return r.Total > search.MaxPages*search.PageSize }

// lines are the results as rows.
func (r results) lines() []ui.Line {
	lines := make([]ui.Line, len(r.Hits))
	for i, h := range r.Hits {
		lines[i] = ui.Line{
			Kind: kinds[h.Type].one, Title: plain(h.Title), Address: addressOf(h), Meta: facts(h), Text: excerpt(h.Excerpt),
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
	for _, fact := range []string{h.Lab, h.Region, h.Forum} {
		if fact != "" {
			list = append(list, fact)
		}
	}
	if h.Type == search.Post {
		list = append(list, "Message n° "+strconv.FormatInt(h.Number, 10))
	}
	return list
}

func addressOf(h search.Hit) string {
	switch h.Type {
	case search.UseCase, search.Experience:
		return "/cas-usage/" + h.Slug
	case search.Lab:
		return "/laboratoires/" + h.Slug
	case search.Call:
		return "/financement/" + h.Slug
	case search.Thread:
		return "/fils/" + h.ID.String() + "-" + h.Slug
	case search.Post:
		return "/messages/" + h.ID.String()
	}
	return "/" + h.Slug // a page's is its whole address: aide/chercher
}

func plain(pieces []search.Piece) string {
	text := ""
	for _, p := range pieces {
		text += p.Text
	}
	return text
}

// typeset puts the no-break spaces of French into a sentence.
var typeset = strings.NewReplacer("« ", "«\u202f", " »", "\u202f»", " :", "\u00a0:")

// ways lead out of a search that found nothing.
var ways = []ui.Link{{Text: "Parcourir les cas d’usage", Address: "/cas-usage"}, {Text: "Aller aux forums", Address: "/forums"}}

// nothing says why there is no result, and what to do.
func (r results) nothing() ui.Nothing {
	n := ui.Nothing{Title: "Aucun résultat pour « " + shortened(r.text) + " »", Links: ways}
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
