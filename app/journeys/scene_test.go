package journeys_test

import (
	"strings"
	"testing"

	"passerelle/app/journeys"
)

// walker is somebody who goes through pages by what they read there: with a
// browser that runs no script, or with a real one.
type walker interface {
	open(address string)
	follow(text string)
	fill(label, value string)
	choose(group, label string)
	press(text string)
}

// onFoot is a walker without a script.
type onFoot struct{ *journeys.Visitor }

func (w onFoot) open(address string)        { w.Open(address) }
func (w onFoot) follow(text string)         { w.Follow(text) }
func (w onFoot) fill(label, value string)   { w.Fill(label, value) }
func (w onFoot) choose(group, label string) { w.Choose(group, label) }
func (w onFoot) press(text string)          { w.Press(text) }

// scene is a site on which every type of page can be seen.
type scene struct {
	*journeys.Site
	edited     string // a post with versions, of citoyenne's
	team       string // a draft of porteur's with an invitation that nobody took up
	empty      string // a draft of agent's with nothing in it
	full       string // one with all that is asked
	invitation string // of porteur's to agent
	confirm    string // a link that opens an account
	reset      string // a link to a new password
	person     string // a person's page in the administration
}

const unconfirmed = "nouvelle@exemple.fr"

// set makes what the pages need.
func set(t *testing.T, site *journeys.Site) scene {
	t.Helper()
	s := scene{Site: site}
	writer, moderator := site.LogIn("citoyenne@demo.example"), site.LogIn("moderateur@demo.example")
	write(writer, "Ce que nous avons fait, *pas à pas* :\n\n1. compter les demandes ;\n2. publier le compte ;\n3. recommencer.\n\n> Une chose à la fois.\n\n| Mois | Demandes |\n| --- | ---: |\n| janvier | 12 |\n| février | 9 |\n")
	s.edited = strings.TrimSuffix(writer.Find("#m25 a[href$='/modifier']").AttrOr("href", ""), "/modifier")
	writer.Open(s.edited+"/modifier").Fill("Votre message", "Ce que nous avons fait, *pas à pas* : compter, publier, recommencer.").Press("Enregistrer").Gets(200)
	write(site.LogIn("agent@demo.example"), "Un message que la modération masquera.")
	moderator.Open(hidingLink(t, moderator.Open("/fils/1?page=2"), "m26")).Fill("Motif", "Publicité répétée").Press("Masquer le message").Gets(200)
	moderator.Open("/fils/2/fermer").Fill("Motif", "La question a sa réponse").Press("Clore le fil").Gets(200).Press("Épingler").Gets(200)
	moderator.Open("/fils/3/masquer").Fill("Motif", "Hors sujet").Press("Masquer le fil").Gets(200)

	whole := begin(site.LogIn("agent@demo.example"))
	s.full = draftOf(whole)
	complete(whole, map[string]string{"Titre du projet": "Un projet relu à deux"})
	s.empty = draftOf(begin(site.LogIn("agent@demo.example")))
	holder := site.LogIn("porteur@demo.example").Open("/dossiers").Follow("Préparer une coupure d’eau")
	s.team = draftOf(holder)
	holder.Open(s.team+"/collegues").Fill("Adresse électronique du collègue", "agent@demo.example").Press("Envoyer l’invitation").Gets(200)
	s.invitation = site.MailedLink("agent@demo.example", "Invitation à préparer un dossier")

	register(t, site, "Nouvelle Venue", unconfirmed)
	s.confirm = site.MailedLink(unconfirmed, "Confirmez votre adresse")
	site.Visitor().Open("/mot-de-passe-oublie").Fill("Adresse électronique", "decideuse2@demo.example").Press("Recevoir le lien").Gets(200)
	s.reset = site.MailedLink("decideuse2@demo.example", "Choisissez un nouveau mot de passe")
	s.person = site.LogIn("admin@demo.example").Open("/administration?q=decideur%40").Link("David Démo")
	site.Found()
	site.LogIn("citoyenne@demo.example").Open("/recherche?q=accueil").Press("Suivre cette recherche").Gets(200)
	return s
}

// draftOf is the address of the draft whose step is open.
func draftOf(who *journeys.Visitor) string {
	return strings.Join(strings.Split(strings.SplitN(who.Address, "?", 2)[0], "/")[:4], "/")
}

// visitors are the people of a scene, logged in once each.
type visitors struct {
	scene
	known map[string]*journeys.Visitor
}

func (s scene) visitors() visitors { return visitors{s, map[string]*journeys.Visitor{}} }

// as is somebody's browser: a demonstration account, or "" for a visitor.
func (v visitors) as(who string) *journeys.Visitor {
	if v.known[who] == nil {
		switch who {
		case "":
			v.known[who] = v.Visitor()
		case "nouvelle":
			v.known[who] = v.LogInWith(unconfirmed, password)
		default:
			v.known[who] = v.LogIn(who + "@demo.example")
		}
	}
	return v.known[who]
}
