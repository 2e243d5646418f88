package ui

import (
	"fmt"
	"math"
	"strings"
)

// Bridge is a kind of bridge: half of the sign of a laboratory.
type Bridge string

// The kinds of bridges. Jumeaux is spare, Bascule is for what is missing.
const (
	Bowstring    Bridge = "bowstring"
	Treillis     Bridge = "treillis"
	Suspendu     Bridge = "suspendu"
	Haubans      Bridge = "haubans"
	Viaduc       Bridge = "viaduc"
	Arche        Bridge = "arche"
	Mat          Bridge = "mat"
	Bequilles    Bridge = "bequilles"
	Lenticulaire Bridge = "lenticulaire"
	Pontons      Bridge = "pontons"
	Jumeaux      Bridge = "jumeaux"
	Bascule      Bridge = "bascule"
)

var bridges = []Bridge{Bowstring, Treillis, Suspendu, Haubans, Viaduc, Arche, Mat,
	Bequilles, Lenticulaire, Pontons, Jumeaux}

// Sign is what one recognises a laboratory by, beside its name.
type Sign struct {
	Bridge Bridge
	Hue    int // 1 to 10
}

var signs = map[string]Sign{
	"ti-lab":         {Bowstring, 6},
	"siilab":         {Treillis, 1},
	"la-fabrique-rh": {Suspendu, 9},
	"lab-archipel":   {Haubans, 8},
	"la-base":        {Viaduc, 2},
	"lab-o":          {Arche, 10},
	"etat-lin":       {Mat, 7},
	"lab-zero":       {Bequilles, 3},
	"lab-est":        {Lenticulaire, 5},
	"lab-bfc":        {Pontons, 4},
	"lab-l":          {Jumeaux, 8},
	"innov-mandie":   {Jumeaux, 2},
}

// SignOf is the sign of a laboratory by its slug: one of its own for the ten,
// else one that depends on the slug alone.
func SignOf(slug string) Sign {
	if s, ok := signs[slug]; ok {
		return s
	}
	return Sign{bridges[spread(slug, len(bridges))], 1 + spread(slug+" hue", len(hues))}
}

var hues = [...]string{"hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6", "hue-7", "hue-8", "hue-9", "hue-10"}

func (s Sign) class() string { return hueClass(s.Hue) }

func hueClass(hue int) string {
	if hue < 1 || hue > len(hues) {
		return ""
	}
	return hues[hue-1]
}

// A span is 120 wide and 76 high; its deck is at 44, the water at 74.5.
const (
	spanWidth = 120.0
	deckLine  = 44.0
)

// Path is the structure of one span as SVG path data, for a box of 120 × 76.
// Hangers and posts stop at the curve that they hang from or carry.
func (b Bridge) Path() string {
	var p path
	switch b {
	case Bowstring:
		p.add("M4 44Q60 -22 116 44")
		for x := 18.0; x <= 102; x += 14 {
			p.vertical(x, curve{4, 44, -22}.at(x), deckLine)
		}
	case Treillis:
		p.add("M0 44L12 18L24 44L36 18L48 44L60 18L72 44L84 18L96 44L108 18L120 44M12 18H108")
	case Suspendu:
		p.add("M26 8V74M94 8V74M26 10Q60 62 94 10M0 34L26 10M94 10L120 34")
		for x := 37.0; x <= 83; x += 11.5 {
			p.vertical(x, curve{26, 10, 62}.at(x), deckLine)
		}
	case Haubans:
		p.add("M60 4V74")
		for _, d := range []float64{14, 28, 42, 55} {
			p.add(fmt.Sprintf("M%s %sL60 %sL%s %s", num(60-d), num(deckLine), num(6+.12*d), num(60+d), num(deckLine)))
		}
	case Viaduc:
		for x := 0.0; x <= 80; x += 40 {
			p.add(fmt.Sprintf("M%s 74V62A17 17 0 0 1 %s 62V74", num(x+3), num(x+37)))
		}
		p.add("M0 36H120")
		for x := 4.0; x <= 116; x += 16 {
			p.vertical(x, 36, deckLine)
		}
	case Arche:
		p.add("M4 72Q60 20 116 72")
		for _, x := range []float64{16, 28, 40, 80, 92, 104} {
			p.vertical(x, deckLine, curve{4, 72, 20}.at(x))
		}
	case Mat:
		p.add("M26 74L50 4M46 15L6 44")
		// Stays are parallel to the first, from the top (50, 4) to (112, 44):
		// where each leaves the mast follows from where it meets the deck.
		for _, x := range []float64{112, 99, 86, 73, 60} {
			down := (112 - x) * 40 / 62 / (70 + 24.0*40/62)
			p.add(fmt.Sprintf("M%s %sL%s 44", num(50-24*down), num(4+70*down), num(x)))
		}
	case Bequilles:
		p.add("M18 44L34 74L50 44M70 44L86 74L102 44M0 30H120")
		for x := 6.0; x <= 114; x += 12 {
			p.vertical(x, 30, deckLine)
		}
	case Lenticulaire:
		p.add("M4 44Q60 2 116 44Q60 86 4 44")
		for x := 20.0; x <= 100; x += 16 {
			p.vertical(x, curve{4, 44, 2}.at(x), curve{4, 44, 86}.at(x))
		}
	case Pontons:
		for x := 0.0; x <= 80; x += 40 {
			p.add(fmt.Sprintf("M%s 60H%sQ%s 72 %s 72Q%s 72 %s 60Z", num(x+5), num(x+35), num(x+33), num(x+20), num(x+7), num(x+5)))
			p.vertical(x+13, deckLine, 60)
			p.vertical(x+27, deckLine, 60)
			p.vertical(x+20, 33, deckLine)
			p.add(fmt.Sprintf("M%s 33Q%s 39 %s 33Q%s 27 %s 33", num(x), num(x+10), num(x+20), num(x+30), num(x+40)))
		}
	case Jumeaux:
		p.add("M2 44Q31 -8 60 44Q89 -8 118 44")
		for _, x := range []float64{16.5, 31, 45.5} {
			p.vertical(x, curve{2, 44, -8}.between(2, 60, x), deckLine)
			p.vertical(x+58, curve{60, 44, -8}.between(60, 118, x+58), deckLine)
		}
	case Bascule:
		p.add("M14 74V20H30V74M90 74V20H106V74M0 44H14M106 44H120M30 44L54 16M90 44L66 16M22 20V10M98 20V10")
	}
	return p.String()
}

// curve is a quadratic arch that starts and ends at the same height and is
// symmetrical in its span, as those above are.
type curve struct{ start, foot, control float64 }

// at is the height of the curve at x, between start and its mirror.
func (c curve) at(x float64) float64 { return c.between(c.start, spanWidth-c.start, x) }

func (c curve) between(start, end, x float64) float64 {
	t := (x - start) / (end - start)
	return c.foot*((1-t)*(1-t)+t*t) + 2*t*(1-t)*c.control
}

type path struct{ strings.Builder }

func (p *path) add(s string) { p.WriteString(s) }

func (p *path) vertical(x, from, to float64) {
	p.add("M" + num(x) + " " + num(from) + "V" + num(to))
}

// num writes a coordinate to a tenth, without a needless zero.
func num(v float64) string {
	r := math.Round(v*10) / 10
	return strings.TrimSuffix(fmt.Sprintf("%.1f", r), ".0")
}
