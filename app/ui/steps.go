package ui

import "strconv"

// StepState is how far a step of a form is.
type StepState string

// The states of a step.
const (
	StepTodo    StepState = "todo"
	StepDone    StepState = "done"
	StepWrong   StepState = "wrong"
	StepCurrent StepState = "current"
)

// Step is one page of a long form: a link, or a button of the form that is open,
// which keeps what was typed on the way.
type Step struct {
	Number  int
	Title   string
	Address string
	State   StepState
	Form    string // the ID of the open form; then Name and Value are those of the button
	Name    string
	Value   string
}

func (s Step) word() string {
	switch s.State {
	case StepDone:
		return "complète"
	case StepWrong:
		return "à corriger"
	case StepCurrent:
		return "en cours"
	}
	return "à faire"
}

// stepLine says where one stands: « Étape 5 sur 7 : Budget ».
func stepLine(steps []Step) string {
	for _, s := range steps {
		if s.State == StepCurrent {
			return "Étape " + strconv.Itoa(s.Number) + " sur " + strconv.Itoa(len(steps)) + nbsp + ": " + s.Title
		}
	}
	return strconv.Itoa(len(steps)) + " étapes"
}
