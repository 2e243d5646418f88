package api

import (
	"encoding/xml"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/models/lab"
)

// mapSize is how many addresses a file of the map holds (sitemaps.org: 50 000).
const mapSize = 50_000

// always are the pages that are there whatever the portal holds.
var always = []string{"/", "/cas-usage", "/laboratoires", "/forums", "/financement", "/plan-du-site"}

const mapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

type siteMap struct {
	XMLName xml.Name   `xml:"urlset"`
	Space   string     `xml:"xmlns,attr"`
	Places  []mapPlace `xml:"url"`
}

type siteMapIndex struct {
	XMLName xml.Name   `xml:"sitemapindex"`
	Space   string     `xml:"xmlns,attr"`
	Maps    []mapPlace `xml:"sitemap"`
}

type mapPlace struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// siteMap answers GET /sitemap.xml: the addresses, or the list of its parts
// when there are too many for one file.
func (a *API) siteMap(c *fiber.Ctx) error {
	list, total, err := a.library.Addresses(c.UserContext(), 0, mapSize-len(always))
	if err != nil {
		return err
	}
	dependsOnAll(c)
	if parts := mapParts(total); parts > 1 {
		index := siteMapIndex{Space: mapSpace}
		for n := range parts {
			index.Maps = append(index.Maps, mapPlace{Address: a.full(fmt.Sprintf("/sitemap-%d.xml", n+1))})
		}
		return sendXML(c, "application/xml; charset=utf-8", index)
	}
	return a.sendMap(c, true, list)
}

// siteMapPart answers GET /sitemap-{n}.xml, n from 1.
func (a *API) siteMapPart(c *fiber.Ctx) error {
	n := int(web.ParamID(c, "part"))
	if n < 1 || n > 1000 {
		return web.ErrPage
	}
	from, limit := (n-1)*mapSize-len(always), mapSize
	if n == 1 {
		from, limit = 0, mapSize-len(always)
	}
	list, total, err := a.library.Addresses(c.UserContext(), from, limit)
	if err != nil {
		return err
	}
	if n > mapParts(total) {
		return web.ErrPage
	}
	dependsOnAll(c)
	return a.sendMap(c, n == 1, list)
}

// mapParts is how many files the map needs.
func mapParts(things int) int { return (things + len(always) + mapSize - 1) / mapSize }

func dependsOnAll(c *fiber.Ctx) {
	web.DependsOn(c, "usecase", "lab", "page", "call", "forum", "thread", "post")
}

func (a *API) sendMap(c *fiber.Ctx, first bool, list []lab.Address) error {
	m := siteMap{Space: mapSpace}
	if first {
		for _, path := range always {
			m.Places = append(m.Places, mapPlace{Address: a.full(path)})
		}
	}
	for _, place := range list {
		p := mapPlace{Address: a.full(place.Path)}
		if !place.Changed.IsZero() {
			p.Changed = place.Changed.UTC().Format(time.RFC3339)
		}
		m.Places = append(m.Places, p)
	}
	return sendXML(c, "application/xml; charset=utf-8", m)
}
