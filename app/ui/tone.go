package ui

// Tone is the colour of a state; the word beside it says the same.
type Tone string

// The tones.
const (
	Plain Tone = ""
	Info  Tone = "info"
	Ok    Tone = "ok"
	Warn  Tone = "warn"
	Bad   Tone = "bad"
)

// toned is a block's class with its modifier for the tone, if any.
func toned(block string, t Tone) string {
	if t == Plain {
		return block
	}
	return block + " " + block + "--" + string(t)
}
