package portal

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/accountpages"
	"passerelle/app/adminpages"
	"passerelle/app/api"
	"passerelle/app/forumpages"
	"passerelle/app/fundingpages"
	"passerelle/app/labpages"
	"passerelle/app/searchpages"
	"passerelle/models"
)

// routes gives every page of the portal its address.
func (s *Service) routes() *fiber.App {
	app := s.Site.App()
	s.Site.Operations(app, s.ready)
	labpages.New(s.Site, s.Library).Routes(app)
	forumpages.New(s.Site, s.Forums).Routes(app)
	fundingpages.New(s.Site, s.Desk, s.Index).Routes(app)
	searchpages.New(s.Site, s.Index).Routes(app)
	accountpages.New(s.Site).Routes(app)
	adminpages.New(s.Site).Routes(app)
	api.New(s.Site, s.Library, s.Forums, s.Index).Routes(app)
	app.Use(s.Site.NotFound)
	return app
}

// ready tells whether the store answers.
func (s *Service) ready() error {
	return s.Store.View(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Exec("SELECT 1").Error
	})
}
