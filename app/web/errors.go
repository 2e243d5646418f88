package web

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/models"
)

var statuses = map[models.Kind]int{
	models.Invalid:   fiber.StatusUnprocessableEntity,
	models.NotFound:  fiber.StatusNotFound,
	models.Forbidden: fiber.StatusForbidden,
	models.Conflict:  fiber.StatusConflict,
	models.LogIn:     fiber.StatusUnauthorized,
	models.TooMany:   fiber.StatusTooManyRequests,
	models.Busy:      fiber.StatusServiceUnavailable,
}

// commonSentences are those of models itself and of the web.
var commonSentences = map[string]string{
	"form.invalid":    "Corrigez les points signalés, puis envoyez de nouveau.",
	"text.required":   "Remplissez ce champ.",
	"text.short":      "Écrivez au moins %d caractères.",
	"text.long":       "Ce texte dépasse %d caractères : il en compte %d.",
	"text.unreadable": "Ce texte contient des caractères illisibles : recopiez-le sans mise en forme.",
	"choice.unknown":  "Choisissez une réponse.",
	"web.page":        "Cette page n’existe pas ou n’est plus publique.",
	"web.stale_form":  "Ce formulaire a expiré. Rien n’est perdu : ouvrez de nouveau la page et recopiez votre texte.",
	"web.repeated":    "Ce formulaire contient deux fois le même champ. Ouvrez de nouveau la page et envoyez-le une seule fois.",
	"web.too_many":    "Vous avez fait cela trop souvent. Réessayez dans une minute.",
}

var domains = []map[string]string{commonSentences, accountSentences, labSentences, forumSentences, fundingSentences}

// Sentence is the French for a refusal's code and its values. A code without
// one is a fault of ours; a test looks for them.
func Sentence(code string, args ...any) string {
	for _, sentences := range domains {
		sentence, ok := sentences[code]
		if !ok {
			continue
		}
		if len(args) == 0 || !strings.Contains(sentence, "%") {
			return typeset(sentence)
		}
		return typeset(fmt.Sprintf(sentence, shown(args)...))
	}
	return "Une erreur est survenue de notre côté."
}

// Says whether a code has a sentence, for the test that looks for them.
func known(code string) bool {
	for _, sentences := range domains {
		if _, ok := sentences[code]; ok {
			return true
		}
	}
	return false
}

// shown writes amounts and instants the French way inside sentences.
func shown(args []any) []any {
	out := make([]any, len(args))
	for i, arg := range args {
		switch v := arg.(type) {
		case models.Cents:
			out[i] = ui.Euros(v)
		case models.Time:
			out[i] = ui.DateTime(v)
		default:
			out[i] = arg
		}
	}
	return out
}

// trouble is what an error page says.
type trouble struct {
	status    int
	title     string
	text      string
	reference string      // to find the error in the log
	typed     []typedText // what a refused form held, to be copied
	logIn     bool        // one must log in
	back      string      // "?retour=…" of the page to come back to, if it can be opened again
}

type typedText struct{ name, value string }

// answerError turns what a handler returned into a page; the one place that
// knows statuses. Only our own faults are logged.
func (s *Site) answerError(c *fiber.Ctx, err error) error {
	r := of(c)
	if r == nil { // refused before the request began: a body too large, headers too long
		r = &request{site: s}
		c.Locals(requestKey{}, r)
		s.setHeaders(c)
	}
	why := s.explain(c, r, err)
	c.Response().ResetBody()
	c.Status(why.status)
	c.Response().Header.Del(fiber.HeaderContentEncoding)
	if why.status == fiber.StatusTooManyRequests || why.status == fiber.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, "60")
	}
	if err := Show(c, troublePage(Page(c, why.title), why)); err != nil {
		return c.SendString(why.text)
	}
	s.compress(c)
	return nil
}

func (s *Site) explain(c *fiber.Ctx, r *request, err error) trouble {
	var refusal *models.Error
	var framework *fiber.Error
	switch {
	case errors.As(err, &refusal):
		why := byStatus(statuses[refusal.Kind])
		why.text = Sentence(refusal.Code, refusal.Args...)
		if len(refusal.Fields) > 0 {
			why.text = Sentence(refusal.Fields[0].Code, refusal.Fields[0].Args...)
		}
		if c.Method() != fiber.MethodGet && !s.foreign(c) { // another site puts no words into our pages
			why.typed = typedTexts(c)
		}
		if refusal.Kind == models.LogIn {
			why.logIn, why.back = true, comeBack(c)
		}
		return why
	case errors.As(err, &framework):
		return byStatus(framework.Code)
	case errors.Is(err, context.DeadlineExceeded):
		s.Log.Warn("a request took too long", "id", r.id, "route", c.Route().Path)
		return byStatus(fiber.StatusServiceUnavailable)
	}
	s.Log.Error("a request failed", "id", r.id, "route", c.Route().Path, "error", err.Error())
	why := byStatus(fiber.StatusInternalServerError)
	why.reference = strings.ToUpper(strings.SplitN(r.id, "-", 2)[0])
	why.typed = typedTexts(c)
	return why
}

// comeBack is the query of the log-in page that leads back here.
func comeBack(c *fiber.Ctx) string {
	if c.Method() != fiber.MethodGet {
		return ""
	}
	return "?retour=" + queryEscape(string(c.Request().URI().RequestURI()))
}

// byStatus is what a bare status says.
func byStatus(status int) trouble {
	why := trouble{status: status}
	switch status {
	case fiber.StatusBadRequest:
		why.title, why.text = "Demande incomprise", "Cette demande n’a pas la forme attendue. Reprenez depuis la page précédente."
	case fiber.StatusUnauthorized:
		why.title, why.text = "Connectez-vous", "Cette page demande d’être connecté."
	case fiber.StatusForbidden:
		why.title, why.text = "Action non permise", "Votre compte ne permet pas cette action."
	case fiber.StatusNotFound:
		why.title, why.text = "Page introuvable", "Cette page n’existe pas ou n’est plus publique."
	case fiber.StatusMethodNotAllowed:
		why.title, why.text = "Action inconnue", "Cette adresse ne permet pas cette action. Reprenez depuis la page précédente."
	case fiber.StatusConflict:
		why.title, why.text = "Cela a changé entre-temps", "Ce que vous avez ouvert a changé depuis. Rien n’est perdu : reprenez depuis la page à jour."
	case fiber.StatusRequestEntityTooLarge:
		why.title, why.text = "Envoi trop lourd", "Cet envoi dépasse 1 Mo. Raccourcissez le texte, puis envoyez de nouveau."
	case fiber.StatusUnsupportedMediaType:
		why.title, why.text = "Envoi illisible", "Cet envoi n’a pas la forme d’un formulaire. Reprenez depuis la page précédente."
	case fiber.StatusRequestURITooLong, fiber.StatusRequestHeaderFieldsTooLarge:
		why.title, why.text = "Adresse trop longue", "Cette adresse est trop longue pour être lue. Reprenez depuis l’accueil."
	case fiber.StatusMisdirectedRequest:
		why.title, why.text = "Autre site", "Cette adresse n’est pas celle de ce site."
	case fiber.StatusUnprocessableEntity:
		why.title, why.text = "À corriger", "Certains champs sont à corriger."
	case fiber.StatusTooManyRequests:
		why.title, why.text = "Trop de demandes", "Vous avez fait cela trop souvent. Réessayez dans une minute."
	case fiber.StatusServiceUnavailable:
		why.title, why.text = "Le site est très sollicité", "Réessayez dans une minute : rien n’a été perdu."
	default:
		why.status = fiber.StatusInternalServerError
		if status >= 400 && status < 500 {
			return trouble{status: status, title: "Demande incomprise", text: "Cette demande n’a pas la forme attendue. Reprenez depuis la page précédente."}
		}
		why.title, why.text = "Une erreur est survenue", "Une erreur est survenue de notre côté."
	}
	why.text = typeset(why.text)
	return why
}

// secretFields are never shown again.
var secretFields = map[string]bool{"csrf": true, "jeton": true, "password": true, "current": true}

// typedTexts are the texts of the form that was sent, so that nothing typed is
// lost with a refusal.
func typedTexts(c *fiber.Ctx) []typedText {
	var list []typedText
	for key, value := range c.Request().PostArgs().All() {
		name, text := string(key), string(value)
		if secretFields[name] || strings.Contains(name, "passe") || len(text) < 20 || !utf8.ValidString(text) || len(list) == 20 {
			continue
		}
		list = append(list, typedText{name, text})
	}
	return list
}

func stack() []byte { return debug.Stack() }
