package fundingpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models/funding"
	"passerelle/search"
)

// Pages answers for funding.
type Pages struct {
	site  *web.Site
	desk  *funding.Desk
	index *search.Index // for its French: nothing of the desk is in it
}

// New shows a desk on a site; it is searched as the index understands words.
func New(site *web.Site, desk *funding.Desk, index *search.Index) *Pages {
	return &Pages{site: site, desk: desk, index: index}
}

// Routes adds the addresses of funding.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/financement", p.site.Cached("page"), p.overview)
	r.Get("/financement/:call", p.site.Cached(), p.call)
	r.Get("/financement/:call/eligibilite", p.eligibility)
	r.Get("/financement/:call/commencer", p.askStart)
	r.Post("/financement/:call/commencer", p.start)

	r.Get("/dossiers", p.mine)
	r.Get("/dossiers/invitation", p.invitation)
	r.Post("/dossiers/invitation", p.accept)
	r.Get("/dossiers/brouillons/:id", p.draft)
	r.Get("/dossiers/brouillons/:id/collegues", p.team)
	r.Post("/dossiers/brouillons/:id/collegues", p.invite)
	r.Post("/dossiers/brouillons/:id/collegues/:invitation/retirer", p.revoke)
	r.Get("/dossiers/brouillons/:id/supprimer", p.askDelete)
	r.Post("/dossiers/brouillons/:id/supprimer", p.delete)
	r.Get("/dossiers/brouillons/:id/depot", p.rereading)
	r.Post("/dossiers/brouillons/:id/depot", p.submit)
	r.Get("/dossiers/brouillons/:id/:step", p.step)
	r.Post("/dossiers/brouillons/:id/:step", p.saveStep)
	r.Get("/dossiers/:number", p.follow)
	r.Get("/dossiers/:number/contenu.json", p.ownContent)
	r.Get("/dossiers/:number/retirer", p.askWithdraw)
	r.Post("/dossiers/:number/retirer", p.withdraw)

	r.Get("/instruction", p.queue)
	r.Get("/instruction/:number", p.review)
	r.Get("/instruction/:number/contenu.json", p.reviewedContent)
	r.Post("/instruction/:number/prendre", p.take)
	r.Post("/instruction/:number/verifier", p.verify)
	r.Post("/instruction/:number/proposer", p.propose)
	r.Post("/instruction/:number/renvoyer", p.sendBack)
	r.Get("/instruction/:number/accorder", p.backToReview)
	r.Post("/instruction/:number/accorder", p.grant)
	r.Get("/instruction/:number/refuser", p.backToReview)
	r.Post("/instruction/:number/refuser", p.refuse)
	r.Get("/instruction/:number/classer", p.backToReview)
	r.Post("/instruction/:number/classer", p.drop)
}

// page is the frame of a page of this part, with the way to it.
func page(c *fiber.Ctx, title string, crumbs ...ui.Link) ui.Page {
	p := web.Page(c, title)
	p.Section = ui.SectionFunding
	p.Crumbs = append(crumbs, ui.Link{Text: title})
	return p
}

var (
	toFunding = ui.Link{Text: "Financement", Address: "/financement"}
	toMine    = ui.Link{Text: "Mes dossiers", Address: "/dossiers"}
	toDesk    = ui.Link{Text: "Instruction", Address: "/instruction"}
)
