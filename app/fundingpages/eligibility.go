package fundingpages

import (
	"errors"
	"net/url"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/funding"
)

// The parameters of the eligibility test in addresses, in the order of its
// questions, and the fields that they fill.
var testParameters = []struct{ name, field string }{
	{"porteur", "bearer"}, {"equipe", "team"}, {"duree", "duration"}, {"innovation", "innovative"}, {"publication", "public"},
}

// parameterOf is the name of a field in addresses.
func parameterOf(field string) string {
	for _, p := range testParameters {
		if p.field == field {
			return p.name
		}
	}
	return field
}

// readTest reads answers from an address; asked tells whether it holds any.
func readTest(c *fiber.Ctx) (a funding.Answers, t typed, asked bool) {
	t = typed{}
	for _, p := range testParameters {
		t[p.field] = web.Query(c, p.name)
		asked = asked || t[p.field] != ""
	}
	return t.answers(), t, asked || c.Query("test") != ""
}

// query writes answers as an address has them.
func query(a funding.Answers) string {
	values := url.Values{}
	for _, f := range funding.Fields(a) {
		if text := shown(f.Value); text != "" {
			values.Set(parameterOf(f.Field), text)
		}
	}
	return values.Encode()
}

// testView is the eligibility test, with its verdict once it was answered.
type testView struct {
	page    ui.Page
	call    funding.CallPage
	answers funding.Answers
	typed   typed
	why     *models.Error
	judged  bool
}

// eligibility answers GET /financement/{call}/eligibilite.
func (p *Pages) eligibility(c *fiber.Ctx) error {
	call, err := p.desk.Call(c.UserContext(), web.Param(c, "call"))
	if err != nil {
		return p.moved(c, err, "/eligibilite")
	}
	v := testView{call: call}
	v.page = page(c, "Vérifier mon éligibilité", toFunding, ui.Link{Text: call.Title, Address: callAddress(call.Slug)})
	var asked bool
	v.answers, v.typed, asked = readTest(c)
	if !asked {
		return web.Show(c, eligibilityPage(v))
	}
	if err := v.answers.Check(); err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			v.why, v.page.Wrong = why, true
			return eligibilityPage(v)
		})
	}
	v.judged = true
	return web.Show(c, eligibilityPage(v))
}

// problems are the fields that the summary lists, by their names in addresses.
func (v testView) problems() []ui.FieldError {
	list := web.Named(web.Summary(v.why), func(field string) string {
		for _, q := range questions(v.call.Call) {
			if q.Name == field {
				return q.Label
			}
		}
		return ""
	})
	for i := range list {
		list[i].Field = parameterOf(list[i].Field)
	}
	return list
}

func (v testView) field(q ui.Field) ui.Field {
	q.Error, q.Value = web.Says(v.why, q.Name), v.typed[q.Name]
	q.Name = parameterOf(q.Name)
	return q
}

// moved leads to the present address of a call that had another one.
func (p *Pages) moved(c *fiber.Ctx, err error, rest string) error {
	if !errors.Is(err, funding.ErrUnknownCall) {
		return err
	}
	slug, unknown := p.desk.MovedCall(c.UserContext(), web.Param(c, "call"))
	if unknown != nil {
		return unknown
	}
	return web.Moved(c, callAddress(slug)+rest)
}
