package static

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"testing"
)

// color is linear light, red, green and blue from 0 to 1.
type color [3]float64

func parseColor(t *testing.T, hex string) color {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		t.Fatalf("not a colour: %q", hex)
	}
	var c color
	for i := range c {
		v := float64(n>>(16-8*i)&0xff) / 255
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

func (c color) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is the ratio of WCAG 2.2.
func contrast(a, b color) float64 {
	high, low := max(a.luminance(), b.luminance()), min(a.luminance(), b.luminance())
	return (high + 0.05) / (low + 0.05)
}

// mix is color-mix(in oklab, a part, b).
func mix(a, b color, part float64) color {
	x, y := a.oklab(), b.oklab()
	for i := range x {
		x[i] = x[i]*part + y[i]*(1-part)
	}
	return fromOklab(x)
}

func (c color) oklab() [3]float64 {
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func fromOklab(v [3]float64) color {
	cube := func(x float64) float64 { return x * x * x }
	l := cube(v[0] + 0.3963377774*v[1] + 0.2158037573*v[2])
	m := cube(v[0] - 0.1055613458*v[1] - 0.0638541728*v[2])
	s := cube(v[0] - 0.0894841775*v[1] - 1.2914855480*v[2])
	return color{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

var (
	token = regexp.MustCompile(`--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)`)
	plain = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`)
	hue   = regexp.MustCompile(`\.(hue-\d+) \{ --lab: (?:light-dark\()?#([0-9a-f]{6})(?:, #([0-9a-f]{6}))?`)
)

// readTokens gives each token's value in the light and in the dark theme.
func readTokens(t *testing.T) (themes [2]map[string]color) {
	t.Helper()
	css := string(read("css/tokens.css"))
	themes = [2]map[string]color{{}, {}}
	for _, m := range plain.FindAllStringSubmatch(css, -1) { // one value for both
		themes[0][m[1]], themes[1][m[1]] = parseColor(t, m[2]), parseColor(t, m[2])
	}
	for _, m := range token.FindAllStringSubmatch(css, -1) {
		themes[0][m[1]], themes[1][m[1]] = parseColor(t, m[2]), parseColor(t, m[3])
	}
	for _, m := range hue.FindAllStringSubmatch(css, -1) {
		if m[3] == "" {
			continue
		}
		themes[0][m[1]], themes[1][m[1]] = parseColor(t, m[2]), parseColor(t, m[3])
	}
	return themes
}

const (
	text    = 4.5 // WCAG 1.4.3
	graphic = 3.0 // WCAG 1.4.11
)

// pairs are what stands on what, and how well it must be told apart.
var pairs = []struct {
	front   string
	grounds []string
	least   float64
}{
	{"ink", []string{"page", "sheet", "sunk", "tint", "mark", "ok-bg", "warn-bg", "bad-bg"}, text},
	{"soft", []string{"page", "sheet", "sunk"}, text},
	{"primary", []string{"page", "sheet", "tint"}, text},
	{"primary-strong", []string{"page", "sheet", "tint"}, text},
	{"on-primary", []string{"primary", "primary-strong"}, text},
	{"on-tint", []string{"tint"}, text},
	{"accent-ink", []string{"page", "sheet"}, text},
	{"ok", []string{"ok-bg", "sheet"}, text},
	{"warn", []string{"warn-bg"}, text},
	{"bad", []string{"bad-bg", "page", "sheet"}, text},
	{"page", []string{"ink"}, text},
	{"on-foot", []string{"foot"}, text},
	{"foot-soft", []string{"foot"}, text},
	{"foot-focus", []string{"foot"}, text},
	{"edge", []string{"page", "sheet"}, graphic},
	{"accent", []string{"page", "sheet"}, graphic},
	{"primary", []string{"page", "sheet"}, graphic},
	{"bad", []string{"page", "sheet"}, graphic},
}

func TestContrast(t *testing.T) {
	t.Parallel()
	for i, theme := range readTokens(t) {
		name := []string{"light", "dark"}[i]
		for _, p := range pairs {
			for _, ground := range p.grounds {
				front, ok := theme[p.front]
				back, known := theme[ground]
				if !ok || !known {
					t.Fatalf("%s: no token %s or %s", name, p.front, ground)
				}
				if got := contrast(front, back); got < p.least {
					t.Errorf("%s: %s on %s is %.2f, at least %.1f", name, p.front, ground, got, p.least)
				}
			}
		}
	}
}

// TestContrastOfHues: names and bridges on their band, on a page, and the text
// of a tile on the whole hue.
func TestContrastOfHues(t *testing.T) {
	t.Parallel()
	for i, theme := range readTokens(t) {
		name := []string{"light", "dark"}[i]
		for n := 1; n <= 10; n++ {
			hue := fmt.Sprintf("hue-%d", n)
			lab, ok := theme[hue]
			if !ok {
				t.Fatalf("%s: no %s", name, hue)
			}
			grounds := map[string]color{"page": theme["page"], "sheet": theme["sheet"], "band": mix(lab, theme["sheet"], 0.15)}
			for where, ground := range grounds {
				if got := contrast(lab, ground); got < text {
					t.Errorf("%s: %s on its %s is %.2f", name, hue, where, got)
				}
			}
			if got := contrast(theme["on-lab"], lab); got < text {
				t.Errorf("%s: text on %s is %.2f", name, hue, got)
			}
		}
	}
}

// TestFallbackTokens: browsers without light-dark() get the light theme.
func TestFallbackTokens(t *testing.T) {
	t.Parallel()
	css := string(read("css/tokens.css"))
	first := map[string]string{}
	for _, m := range plain.FindAllStringSubmatch(css, -1) {
		first[m[1]] = m[2]
	}
	for _, m := range token.FindAllStringSubmatch(css, -1) {
		if m[1] != "lab" && first[m[1]] != m[2] {
			t.Errorf("--%s falls back to %q, and is %q in the light theme", m[1], first[m[1]], m[2])
		}
	}
}
