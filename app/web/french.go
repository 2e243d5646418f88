package web

import (
	"net/url"
	"strconv"
	"strings"
)

// typeset puts the no-break spaces of French typography into a sentence.
var typesetter = strings.NewReplacer(
	" :", "\u00a0:", " ;", "\u202f;", " ?", "\u202f?", " !", "\u202f!",
	"« ", "«\u202f", " »", "\u202f»", " %", "\u00a0%", " €", "\u00a0€",
)

func typeset(sentence string) string { return typesetter.Replace(sentence) }

func queryEscape(s string) string { return url.QueryEscape(s) }

func typedName(i int) string { return "texte-" + strconv.Itoa(i+1) }
