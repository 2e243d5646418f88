package main

import (
	"regexp"
	"strconv"
	"strings"
)

// manParagraphs gives the paragraphs of a manual page: prose, without its
// requests, fonts, tables and examples.
func manParagraphs(page string, give func(string)) {
	var text []string
	end := func() {
		if line := strings.Join(strings.Fields(strings.Join(text, " ")), " "); line != "" {
			give(line)
		}
		text = nil
	}
	until := "" // the request that ends what is left out
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\r\n")
		request, rest, _ := strings.Cut(strings.TrimLeft(strings.TrimPrefix(line, "'"), " "), " ")
		switch {
		case until != "":
			if request == until {
				until = ""
			}
		case !strings.HasPrefix(line, ".") && !strings.HasPrefix(line, "'\\\""):
			text = append(text, plainRoff(line))
		case skipped[request] != "":
			end()
			until = skipped[request]
		case fonts[request]:
			separator := ""
			if len(request) == 2 { // .B and .I set their words apart
				separator = " "
			}
			text = append(text, plainRoff(strings.Join(arguments(rest), separator)))
		case request == ".TP" || request == ".TQ" || !comments[request]:
			end()
		}
	}
	end()
}

var (
	skipped  = map[string]string{".nf": ".fi", ".EX": ".EE", ".TS": ".TE", ".de": "..", ".ig": ".."}
	fonts    = map[string]bool{".B": true, ".I": true, ".BR": true, ".RB": true, ".IR": true, ".RI": true, ".BI": true, ".IB": true, ".SM": true, ".SB": true}
	comments = map[string]bool{`.\"`: true, `'\"`: true, ".ft": true, ".ad": true, ".hy": true, ".UR": true, ".UE": true, ".MT": true, ".ME": true}
)

// arguments are those of a request: words, or what stands between quotes.
func arguments(text string) (list []string) {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimLeft(text, " ") {
		var one string
		if quoted, ok := strings.CutPrefix(text, `"`); ok {
			one, text, _ = strings.Cut(quoted, `"`)
		} else if i := escapedSpace(text); i >= 0 {
			one, text = text[:i], text[i:]
		} else {
			one, text = text, ""
		}
		list = append(list, one)
	}
	return list
}

// escapedSpace is the place of the first space that no backslash precedes.
func escapedSpace(text string) int {
	for i := range len(text) {
		if text[i] == ' ' && (i == 0 || text[i-1] != '\\') {
			return i
		}
	}
	return -1
}

var (
	roffFont   = regexp.MustCompile(`\\f(?:\[[^\]]*\]|\(..|.)|\\s[-+]?\d|\\[&|^c)/%:,]|\\[mF]\[[^\]]*\]`)
	roffNamed  = regexp.MustCompile(`\\\[([^\]]+)\]|\\\((..)|\\\*(?:\[([^\]]+)\]|\((..)|(.))`)
	roffSigns  = map[string]string{"aq": "'", "cq": "’", "oq": "‘", "dq": `"`, "em": "—", "en": "–", "Fo": "«", "Fc": "»", "bu": "•", "lq": "“", "rq": "”", "co": "©", "rs": `\`, "ti": "~", "ha": "^", "oe": "œ", "OE": "Œ", "->": "→", "mu": "×", "de": "°"}
	roffEscape = strings.NewReplacer(`\-`, "-", `\e`, `\`, `\~`, " ", `\ `, " ", `\0`, " ", `\\`, `\`)
)

// plainRoff takes the escapes of roff out of a line.
func plainRoff(line string) string {
	line, _, _ = strings.Cut(line, `\"`)
	if !strings.Contains(line, `\`) {
		return line
	}
	line = roffFont.ReplaceAllString(line, "")
	line = roffNamed.ReplaceAllStringFunc(line, func(match string) string {
		groups := roffNamed.FindStringSubmatch(match)
		name := strings.Join(groups[1:], "")
		if code, ok := strings.CutPrefix(name, "u"); ok {
			if r, err := strconv.ParseInt(code, 16, 32); err == nil {
				return string(rune(r))
			}
		}
		return roffSigns[name]
	})
	return roffEscape.Replace(line)
}
