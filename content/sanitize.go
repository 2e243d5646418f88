package content

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// The last net: goldmark writes none of what these policies remove, and
// whatever a fault in it or in us would let through stops here.
var (
	postPolicy = policy()
	pagePolicy = withPictures(policy())
)

func sanitize(html []byte, post bool) []byte {
	if post {
		return postPolicy.SanitizeBytes(html)
	}
	return pagePolicy.SanitizeBytes(html)
}

func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote",
		"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "sup", "div", "span",
		"h2", "h3", "h4", "h5", "h6")

	anchor := regexp.MustCompile(`^[a-z0-9-]+$|^[a-z0-9-]*fn(ref[0-9]*)?:[0-9]+$`)
	p.AllowAttrs("id").Matching(anchor).OnElements("h2", "h3", "h4", "h5", "h6", "sup", "li")
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$`)).OnElements("span")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")

	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("href", "title").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^nofollow ugc noopener$`)).OnElements("a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^footnote-(ref|backref)$`)).OnElements("a")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^doc-(noteref|backlink|biblioref)$`)).OnElements("a")
	p.AllowAttrs("aria-label").Matching(regexp.MustCompile(`^Retour à l’appel de note [0-9]+$`)).OnElements("a")

	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(footnotes|table-scroll)$`)).OnElements("div")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^(doc-endnotes|group)$`)).OnElements("div")
	p.AllowAttrs("aria-label").Matching(regexp.MustCompile(`^Tableau$`)).OnElements("div")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("div")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(left|center|right)$`)).OnElements("th", "td")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^col$`)).OnElements("th")

	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").Matching(regexp.MustCompile(`^$`)).OnElements("input")
	p.AllowAttrs("aria-label").Matching(regexp.MustCompile(`^(Fait|À faire)$`)).OnElements("input")
	return p
}

func withPictures(p *bluemonday.Policy) *bluemonday.Policy {
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^/[^/\\]`)).OnElements("img")
	p.AllowAttrs("alt", "title").OnElements("img")
	return p
}
