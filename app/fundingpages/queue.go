package fundingpages

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/funding"
)

// queueView is one page of the desk.
type queueView struct {
	page   ui.Page
	queue  funding.Queue
	filter funding.QueueFilter
	words  string // what is looked for, as typed
}

var viewTitles = map[funding.QueueView]string{
	funding.ViewMine: "M’attendent", funding.ViewRunning: "En cours", funding.ViewToDecide: "À décider", funding.ViewUnassigned: "Sans instructeur",
	funding.ViewClosed: "Clos",
}

// emptyWords say what an empty view means.
var emptyWords = map[funding.QueueView]string{
	funding.ViewMine:       "Aucun dossier ne vous attend. Les nouveaux dépôts arrivent dans « Sans instructeur ».",
	funding.ViewRunning:    "Aucun dossier n’est en cours. Les nouveaux dépôts arrivent ici.",
	funding.ViewToDecide:   "Aucun dossier n’attend de décision.",
	funding.ViewUnassigned: "Tous les dossiers déposés ont un instructeur.",
	funding.ViewClosed:     "Aucun dossier n’est encore décidé, classé ou retiré.",
}

// queue answers GET /instruction.
func (p *Pages) queue(c *fiber.Ctx) error {
	number, err := web.QueryPage(c)
	if err != nil {
		return err
	}
	f := funding.QueueFilter{
		View: funding.QueueView(web.Query(c, "vue")), State: funding.State(web.Query(c, "etat")),
		Reviewer: models.ParseID(web.Query(c, "instructeur")), Order: funding.QueueOrder(web.Query(c, "tri")), Page: number,
	}
	if viewTitles[f.View] == "" {
		f.View = funding.ViewMine
	}
	typed := words(web.Query(c, "q"))
	if typed != "" {
		f.Says = p.index.Matcher(typed).In
	}
	q, err := p.desk.Queue(c.UserContext(), web.Actor(c), f)
	if err != nil {
		return err
	}
	if number > 1 && len(q.Rows) == 0 {
		return web.ErrPage
	}
	frame := page(c, "Instruction")
	frame.Wide = true
	return web.Show(c, queuePage(queueView{page: frame, queue: q, filter: f, words: typed}))
}

// words are what one searches, within reason.
func words(typed string) string {
	typed = strings.ToValidUTF8(strings.TrimSpace(typed), "")
	if r := []rune(typed); len(r) > 100 {
		return string(r[:100])
	}
	return typed
}

// address is the desk with some of its filter changed.
func (v queueView) address(edit func(*funding.QueueFilter)) string {
	f := v.filter
	f.Page = 1
	edit(&f)
	values := url.Values{}
	for name, value := range map[string]string{
		"vue": string(f.View), "q": v.words, "etat": string(f.State), "tri": string(f.Order), "instructeur": f.Reviewer.String(), "page": strconv.Itoa(f.Page),
	} {
		if value != "" && value != "0" && (name != "page" || value != "1") && (name != "vue" || f.View != funding.ViewMine) {
			values.Set(name, value)
		}
	}
	if len(values) == 0 {
		return "/instruction"
	}
	return "/instruction?" + values.Encode()
}

// everything is the view without a filter.
func (v queueView) everything() string {
	v.words = ""
	return v.address(func(f *funding.QueueFilter) { f.State, f.Reviewer = "", 0 })
}

func (v queueView) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(funding.QueueViews))
	for i, view := range funding.QueueViews {
		tabs[i] = ui.Tab{Text: viewTitles[view], Count: ui.Number(v.queue.Counts[view]), Current: view == v.filter.View,
			Address: v.address(func(f *funding.QueueFilter) { f.View, f.State = view, "" })}
	}
	return tabs
}

func (v queueView) figures() []ui.Figure {
	waiting := v.queue.Counts[funding.ViewMine]
	return []ui.Figure{
		{Value: ui.Number(waiting), Label: ui.Plural(waiting, "m’attend", "m’attendent")},
		{Value: ui.Number(v.queue.Running), Label: ui.Plural(v.queue.Running, "dossier en cours", "dossiers en cours")},
		{Value: ui.Number(v.queue.Counts[funding.ViewToDecide]), Label: "à décider"},
		{Value: ui.Euros(v.queue.Available), Label: "non engagés"},
	}
}

func (v queueView) stateOptions() []ui.Option {
	options := []ui.Option{{Value: "", Label: "tous les états"}}
	for _, s := range []funding.State{funding.Submitted, funding.InReview, funding.InDecision, funding.Granted, funding.Refused, funding.Dropped, funding.Withdrawn} {
		if s.Undecided() != (v.filter.View == funding.ViewClosed) {
			options = append(options, ui.Option{Value: string(s), Label: state(s).Word})
		}
	}
	return options
}

func (v queueView) reviewerOptions() []ui.Option {
	options := []ui.Option{{Value: "", Label: "tous les instructeurs"}}
	for _, r := range v.queue.Reviewers {
		options = append(options, ui.Option{Value: r.ID.String(), Label: r.Name})
	}
	return options
}

// columns sort by the number, the amount and the age.
func (v queueView) columns() []ui.Column {
	column := func(text string, right bool, order, reverse funding.QueueOrder, sorted, back string) ui.Column {
		next := ui.Column{Text: text, Right: right}
		to := order
		switch v.filter.Order {
		case order:
			next.Sorted, to = sorted, reverse
		case reverse:
			if reverse != order {
				next.Sorted = back
			}
		}
		next.Address = v.address(func(f *funding.QueueFilter) { f.Order = to })
		return next
	}
	return []ui.Column{
		column("Dossier", false, funding.ByNumber, funding.ByNumber, "ascending", ""),
		{Text: "Projet"},
		column("Demandé", true, funding.DearestFirst, funding.DearestFirst, "descending", ""),
		{Text: "État"},
		column("Déposé", true, funding.OldestFirst, funding.NewestFirst, "ascending", "descending"),
		{Text: "Instructeur"},
	}
}

// rowStates are the badges of a row.
func rowStates(r funding.Row) []ui.State {
	states := []ui.State{state(r.State)}
	if r.Decide {
		states = append(states, ui.ToDecide)
	}
	if r.Interested {
		states = append(states, ui.State{Word: "Votre organisme", Icon: ui.IconLock})
	}
	if !r.Verified && r.State.Undecided() {
		states = append(states, ui.ToVerify)
	}
	if r.ToCheck && r.State.Undecided() {
		states = append(states, ui.State{Word: "Éligibilité à vérifier", Tone: ui.Warn, Icon: ui.IconWarn})
	}
	return states
}

func reviewerWord(r funding.Row) string {
	switch {
	case r.ByMe:
		return "vous"
	case r.Reviewers == "":
		return "—"
	}
	return r.Reviewers
}

func (v queueView) pages() ui.Pages {
	return ui.Pages{Current: v.filter.Page, Last: lastPage(v.queue.Found, funding.QueuePage), Label: "Pages des dossiers",
		Address: func(n int) string { return v.address(func(f *funding.QueueFilter) { f.Page = n }) }}
}

// filtered tells whether the view is narrowed.
func (v queueView) filtered() bool {
	return v.words != "" || v.filter.State != "" || v.filter.Reviewer != 0
}
