package forumpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/models/forum"
)

// Pages answers for the forums.
type Pages struct {
	site   *web.Site
	forums *forum.Forums
}

// New shows forums on a site.
func New(site *web.Site, forums *forum.Forums) *Pages {
	return &Pages{site: site, forums: forums}
}

// Routes adds the addresses of the forums.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/forums", p.site.Cached(), p.list)
	r.Get("/forums/:forum<regex(^[a-z0-9-]+$)>", p.site.Cached("rubrique", "type", "avant"), p.forum)
	r.Get("/forums/:forum/nouveau", p.askOpen)
	r.Post("/forums/:forum/nouveau", p.open)
	r.Post("/forums/:forum/nouveau/apercu", p.previewOpen)

	r.Get("/fils/:thread<regex(^[a-z0-9-]+$)>", p.site.Cached("page"), p.thread)
	r.Post("/fils/:thread/messages", p.reply)
	r.Post("/fils/:thread/apercu", p.previewReply)
	r.Get("/fils/:thread/fermer", p.askLock)
	r.Post("/fils/:thread/fermer", p.lock)
	r.Post("/fils/:thread/rouvrir", p.unlock)
	r.Post("/fils/:thread/epingler", p.pin)
	r.Post("/fils/:thread/desepingler", p.unpin)
	r.Get("/fils/:thread/masquer", p.askHideThread)
	r.Post("/fils/:thread/masquer", p.hideThread)
	r.Post("/fils/:thread/retablir", p.restoreThread)

	r.Get("/messages/:post", p.message)
	r.Get("/messages/:post/modifier", p.askEdit)
	r.Post("/messages/:post/modifier", p.edit)
	r.Post("/messages/:post/modifier/apercu", p.previewEdit)
	r.Get("/messages/:post/supprimer", p.askDelete)
	r.Post("/messages/:post/supprimer", p.delete)
	r.Get("/messages/:post/versions", p.site.Cached(), p.versions)
	r.Get("/messages/:post/masquer", p.askHide)
	r.Post("/messages/:post/masquer", p.hide)
	r.Post("/messages/:post/retablir", p.restore)
	r.Get("/messages/:post/officielle", p.askOfficial)
	r.Post("/messages/:post/officielle", p.official)
	r.Post("/messages/:post/personnelle", p.personal)

	r.Get("/moderation/journal", p.site.Cached("avant"), p.journal)
}
