package web

import (
	"crypto/subtle"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/valyala/fasthttp/fasthttpadaptor"

	"passerelle/models"
)

var (
	requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "passerelle_request_seconds",
		Help:    "Time to answer a request, by route and status.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"method", "route", "status"})
	hits = promauto.NewCounter(prometheus.CounterOpts{
		Name: "passerelle_page_cache_hits_total", Help: "Pages served from the page cache.",
	})
	misses = promauto.NewCounter(prometheus.CounterOpts{
		Name: "passerelle_page_cache_misses_total", Help: "Pages rendered for the page cache.",
	})
)

// methods are the labels of requests. Fiber's own string lives in the buffer
// of the request, and would change under the metric.
var methods = map[string]string{
	fiber.MethodGet: fiber.MethodGet, fiber.MethodHead: fiber.MethodHead, fiber.MethodPost: fiber.MethodPost,
}

// observe counts an answer, by the pattern of its route.
func observe(c *fiber.Ctx, status int, took time.Duration) {
	method, ok := methods[c.Method()]
	if !ok {
		method = "other"
	}
	requests.WithLabelValues(method, utils.CopyString(c.Route().Path), strconv.Itoa(status)).Observe(took.Seconds())
}

// Operations adds the addresses that watch over the program: /healthz (it
// runs), /readyz (it serves), /metrics (for this machine, or for the bearer of
// the configured token).
func (s *Site) Operations(app *fiber.App, ready func() error) {
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Get("/readyz", func(c *fiber.Ctx) error {
		select {
		case <-s.stopping:
			return c.Status(fiber.StatusServiceUnavailable).SendString("stopping\n")
		default:
		}
		if err := ready(); err != nil {
			s.Log.Error("not ready", "error", err)
			return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
		}
		return c.SendString("ok\n")
	})
	show := fasthttpadaptor.NewFastHTTPHandler(promhttp.HandlerFor(prometheus.DefaultGatherer, promhttp.HandlerOpts{
		ErrorHandling: promhttp.HTTPErrorOnError, DisableCompression: true,
	}))
	app.Get("/metrics", func(c *fiber.Ctx) error {
		if !s.mayMeasure(c) {
			return models.Refuse(models.NotFound, "web.page")
		}
		show(c.Context())
		return nil
	})
}

func (s *Site) mayMeasure(c *fiber.Ctx) bool {
	if s.FromHere(c) {
		return true
	}
	token, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	return ok && s.Config.MetricsToken != "" &&
		subtle.ConstantTimeCompare([]byte(token), []byte(s.Config.MetricsToken)) == 1
}
