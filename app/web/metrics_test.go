package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// TestMetricsOutliveTheRequests: the strings of Fiber change once a request is
// over; a label that kept one broke the whole page.
func TestMetricsOutliveTheRequests(t *testing.T) {
	t.Parallel()
	site, app, _ := newTestSite(t)
	site.Operations(app, func() error { return nil })
	app.Get("/page", func(c *fiber.Ctx) error { return c.SendString("page") })
	for range 20 {
		for _, method := range []string{"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"} {
			ask(t, app, httptest.NewRequest(method, "/page", nil))
		}
	}
	if res, _ := ask(t, app, get("/metrics")); res.StatusCode != 404 { // app.Test has no loopback peer, and no token is set
		t.Errorf("a stranger gets %d", res.StatusCode)
	}
	site.Config.MetricsToken = "jeton"
	with := get("/metrics")
	with.Header.Set("Authorization", "Bearer jeton")
	res, body := ask(t, app, with)
	if res.StatusCode != 200 || !strings.Contains(body, `method="other"`) {
		t.Errorf("%d %.300s", res.StatusCode, body)
	}
	with.Header.Set("Authorization", "Bearer autre")
	if res, _ := ask(t, app, with); res.StatusCode != 404 {
		t.Errorf("another token gets %d", res.StatusCode)
	}
}
