package search

import (
	"encoding/json"
	"fmt"
	"strings"
)

// unread are the names in the JSON lists of a row whose values are codes,
// dates and addresses, or say where something was read.
var unread = wordSet("kind slug key verdict address published consulted source stage start end sources disagreements")

// textsIn are the texts inside JSON values that stand one after the other, as
// a page shows them: partners, stages, criteria, rules.
func textsIn(lists string) (texts []string) {
	decoder := json.NewDecoder(strings.NewReader(lists))
	for readTexts(decoder, &texts, true) == nil {
	}
	return texts
}

func readTexts(decoder *json.Decoder, texts *[]string, keep bool) error {
	token, err := decoder.Token()
	if err != nil {
		return fmt.Errorf("read a list: %w", err)
	}
	if text, ok := token.(string); ok && keep {
		*texts = append(*texts, text)
	}
	opening, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	for decoder.More() {
		inside := keep
		if opening == '{' {
			name, err := decoder.Token()
			if err != nil {
				return fmt.Errorf("read a list: %w", err)
			}
			inside = keep && !unread[strings.ToLower(fmt.Sprint(name))]
		}
		if err := readTexts(decoder, texts, inside); err != nil {
			return err
		}
	}
	_, err = decoder.Token() // the closing sign
	return err
}
