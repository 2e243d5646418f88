package fundingpages

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"testing"
	"time"

	"passerelle/models"
)

func TestFromTheCallToTheAward(t *testing.T) {
	t.Parallel()
	r := open(t)
	visitor := r.visitor().get("/financement").gets(200).sees("Guichets ouverts", "Guichet de démonstration", "Aucun projet n’a encore été financé ici.")
	visitor.get("/financement/"+callSlug).gets(200).sees("jusqu’à 48 000 €", "3 mois au plus", "Il reste 364 jours",
		"Dernier instant : le 23 novembre 2027 à 23 h 59 min 59 s, heure de Paris", "Commencer un dossier")
	visitor.fill("/financement/"+callSlug+"/eligibilite", map[string]string{"porteur": "operator", "equipe": "oui", "duree": "oui", "innovation": "oui", "publication": "oui"}).
		gets(200).sees("Éligible", "opérateur d’un ministère")

	h := r.holder
	h.get("/financement/" + callSlug + "/eligibilite?porteur=operator&equipe=oui&duree=oui&innovation=oui&publication=oui")
	to, _ := h.doc.Find("main a:contains('Commencer un dossier')").Attr("href")
	h.get(to).gets(200).fill("/financement/"+callSlug+"/commencer", nil).gets(200).sees("Votre brouillon est créé", "Organisme")
	draft := strings.TrimSuffix(h.address, "/organisme")
	if h.value("kind") != "operator" {
		t.Errorf("the kind of the first step is not taken over: %q", h.value("kind"))
	}
	h.complete(draft)
	h.sees("Relecture et dépôt", "28 000,00 €", "30 000,00 €", "Lire les courriers")
	number := h.submit(draft)
	h.sees("Dossier 2026-0001 déposé le 24 novembre 2026 à 14 h 32. Un accusé de réception vous est envoyé.", "Déposé", "Empreinte SHA-256", "Direction de démonstration A")
	if number != "2026-0001" {
		t.Errorf("number %s", number)
	}
	sha := strings.ReplaceAll(h.doc.Find("main code").Text(), " ", "")
	content := h.get("/dossiers/" + number + "/contenu.json").gets(200).body
	if sum := sha256.Sum256([]byte(content)); hex.EncodeToString(sum[:]) != strings.Join(strings.Fields(sha), "") {
		t.Errorf("the receipt says %s, the content hashes to %x", sha, sum)
	}
	if h.get(draft + "/budget"); h.address != "/dossiers/"+number {
		t.Errorf("a submitted draft leads to %s", h.address)
	}
	h.get("/dossiers").sees("Lire les courriers", "Déposé", "28 000 €")

	r.reviewer.get("/instruction?vue=sans").gets(200).sees(number, "Lire les courriers", "Rattachement à vérifier", "28 000,00 €")
	for _, words := range []string{"COURRIER", "lisons", "direction demonstration", number, "%22lire les courriers%22", "-robot"} {
		r.reviewer.get("/instruction?vue=sans&q=" + strings.ReplaceAll(words, " ", "+")).gets(200).sees(number)
	}
	for _, words := range []string{"robot", "%25", "-courriers", "de+la", "%22courriers+lire%22"} {
		if page := r.reviewer.get("/instruction?vue=sans&q=" + words).gets(200); strings.Contains(page.text(), number) {
			t.Errorf("the desk finds %s for %q", number, words)
		}
	}
	r.reviewer.get("/instruction/"+number).sees("Prendre en charge", "Trop de courriers.", "01 99 00 12 34")
	r.reviewer.fill("/instruction/"+number+"/prendre", nil).sees("Vous instruisez ce dossier.", "En instruction")
	r.reviewer.get("/instruction").sees(number, "vous")
	r.reviewer.get("/instruction/"+number).fill("/instruction/"+number+"/proposer", map[string]string{"amount-propose": "27 500", "motive-propose": "Utile et sobre."}).
		sees("La proposition est transmise", "En décision", "27 500 €", "la décision revient à une autre personne")
	r.decider.get("/instruction").sees(number, "À décider")
	r.decider.get("/instruction/"+number).sees("Utile et sobre.").
		fill("/instruction/"+number+"/accorder", map[string]string{"amount-grant": "27 000,50", "motive-grant": "Bon projet."}).
		sees("Accorder cette aide", "Enveloppe disponible après", "5 972 999,50 €", "Direction de démonstration A", "Bon projet.").confirms("/instruction/"+number+"/accorder").
		sees("L’aide est accordée.", "Accordé", "27 000,50 €")

	h.get("/dossiers/"+number).sees("Une aide de 27 000,50 € vous est accordée", "Bon projet.")
	if strings.Contains(h.text(), "Utile et sobre") || strings.Contains(h.text(), "instructrice") {
		t.Error("the applicant reads the inside of the desk")
	}
	visitor.get("/financement").sees("projet financé1", "27 000,50 €", "Direction de démonstration A", "Trier les courriers reçus.")
	visitor.get("/financement/"+callSlug).sees("27 000,50 €", "engagés, 1 projet", "Intelligence artificielle")
	if strings.Contains(visitor.text(), "Trop de courriers") || strings.Contains(visitor.text(), "01 99 00 12 34") {
		t.Error("a private text is public")
	}
	r.sound()
}

func TestRefuseSendBackDropWithdraw(t *testing.T) {
	t.Parallel()
	r := open(t)
	number := r.proposed()
	r.decider.get("/instruction/"+number).fill("/instruction/"+number+"/renvoyer", map[string]string{"motive-send_back": "Montant à revoir."}).
		sees("renvoyé en instruction", "Montant à revoir.")
	r.reviewer.get("/instruction/"+number).fill("/instruction/"+number+"/proposer", map[string]string{"amount-propose": "20000", "motive-propose": "Revu."}).gets(200)
	r.other.get("/instruction/"+number).fill("/instruction/"+number+"/refuser", map[string]string{"motive-refuse": "Déjà fait ailleurs."}).confirms("/instruction/" + number + "/refuser").sees("L’aide est refusée.")
	r.holder.get("/dossiers/"+number).sees("L’aide est refusée", "Déjà fait ailleurs.", "réexaminer le dossier une fois")

	number = r.submitted()
	r.lead.get("/instruction/"+number).fill("/instruction/"+number+"/classer", map[string]string{"code-drop": "redirected", "redirected_to-drop": "Guichet des données",
		"motive-drop": "Projet de données."}).sees("Personne n’a encore pris ce dossier en charge").
		confirms("/instruction/" + number + "/classer").sees("classé sans suite")
	r.holder.get("/dossiers/"+number).sees("Réorienté vers un autre guichet", "Guichet des données")

	number = r.proposed()
	r.holder.get("/dossiers/" + number)
	to, _ := r.holder.doc.Find("main a:contains('Retirer le dossier')").Attr("href")
	r.holder.get(to).fill(to, map[string]string{"motive": "Abandonné."}).sees("Le dossier est retiré.", "Vous avez retiré ce dossier")
	r.lead.get("/instruction?vue=clos").sees("Refusé", "Classé sans suite", "Retiré")
	r.sound()
}

func TestTheSecondToSaveChooses(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	r.holder.complete(draft)
	r.join(draft, r.colleague)
	r.holder.get(draft + "/projet")
	r.colleague.get(draft+"/projet").fill(draft+"/projet", map[string]string{"title": "Leur titre", "problem": "Leur problème", "geste": "enregistrer"}).gets(200).sees("enregistrée")
	r.holder.fill(draft+"/projet", map[string]string{"title": "Mon titre", "innovation": "Mon idée", "geste": "continuer"}).gets(409).
		sees("Un collègue vient d’écrire ici", "collegue a enregistré cette étape à 14 h 32", "Problème à résoudre : « Leur problème », changé par collegue",
			"Écrit des deux côtés", "Mon titre", "Leur titre")
	if r.holder.value("title") != "Mon titre" || r.holder.value("innovation") != "Mon idée" || r.holder.value("problem") != "Leur problème" {
		t.Error("the form does not hold mine, with what only they changed")
	}
	if n := r.holder.doc.Find("main input[type=radio]").Length(); n != 2 || r.holder.doc.Find("main input[type=radio][checked]").Length() != 0 {
		t.Errorf("%d answers to choose from, or one is chosen beforehand", n)
	}
	// Without a choice nothing is saved, and nothing lost.
	r.holder.fill(draft+"/projet", map[string]string{"summary": "Un autre résumé.", "geste": "enregistrer"}).gets(422).sees("Titre du projet : Choisissez une réponse", "Mon titre", "Leur titre")
	r.holder.fill(draft+"/projet", map[string]string{"choix-title": "sienne", "geste": "enregistrer"}).gets(200).sees("enregistrée")
	for field, want := range map[string]string{"title": "Leur titre", "problem": "Leur problème", "innovation": "Mon idée", "summary": "Un autre résumé."} {
		if got := r.holder.value(field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	// The same person in two windows.
	r.holder.get(draft + "/projet")
	stale := r.holder.doc.Find("main input[name=version]").AttrOr("value", "")
	r.holder.fill(draft+"/projet", map[string]string{"title": "Ici", "geste": "enregistrer"}).gets(200).
		fill(draft+"/projet", map[string]string{"title": "Là", "version": stale, "geste": "enregistrer"}).gets(409).
		sees("Vous avez écrit ici dans une autre fenêtre", "Vous avez enregistré cette étape à 14 h 32")
	// Nothing in common: nothing to choose, but shown before it is kept.
	r.holder.get(draft + "/equipe")
	r.colleague.get(draft+"/equipe").fill(draft+"/equipe", map[string]string{"sponsor_name": "Autre", "geste": "enregistrer"}).gets(200)
	r.holder.fill(draft+"/equipe", map[string]string{"holder_function": "Chef", "geste": "enregistrer"}).gets(409).sees("Nom du commanditaire : « Autre », changé par collegue", "Relisez, puis enregistrez.")
	r.holder.fill(draft+"/equipe", map[string]string{"geste": "enregistrer"}).gets(200)
	if r.holder.value("sponsor_name") != "Autre" || r.holder.value("holder_function") != "Chef" {
		t.Error("the two changes are not both kept")
	}
	// The budget: a line added by one, an amount changed by the other.
	r.holder.get(draft + "/budget")
	r.colleague.get(draft+"/budget").fill(draft+"/budget", map[string]string{"geste": "ajouter"}).gets(200).
		fill(draft+"/budget", map[string]string{"wording-2": "Serveur", "category-2": "materiel", "supplier-2": "B", "net-2": "100", "vat-2": "0", "innovative-2": "non", "geste": "enregistrer"}).gets(200)
	r.holder.fill(draft+"/budget", map[string]string{"net-1": "26 000", "geste": "enregistrer"}).gets(409).sees("Ligne 2 du budget : « Serveur, B, 100,00 € hors taxes », changé par collegue")
	r.holder.fill(draft+"/budget", map[string]string{"geste": "enregistrer"}).gets(200)
	if r.holder.value("net-1") != "26\u202f000,00" || r.holder.value("wording-2") != "Serveur" {
		t.Errorf("the merged budget: %s", r.holder.text())
	}
	// One takes a line out that the other changes: the whole is to be chosen.
	r.holder.get(draft + "/budget")
	r.colleague.get(draft+"/budget").fill(draft+"/budget", map[string]string{"geste": "retirer-2"}).gets(200).fill(draft+"/budget", map[string]string{"geste": "enregistrer"}).gets(200)
	r.holder.fill(draft+"/budget", map[string]string{"net-2": "200", "geste": "enregistrer"}).gets(409).sees("Le budget entier", "1 ligne : Prototype", "2 lignes : Prototype")
	r.holder.fill(draft+"/budget", map[string]string{"choix-lines": "sienne", "geste": "enregistrer"}).gets(200)
	if r.holder.value("net-1") != "26\u202f000,00" || r.holder.doc.Find("[id='wording-2']").Length() != 0 {
		t.Errorf("the chosen budget: %s", r.holder.text())
	}
	r.holder.get(draft + "/depot").sees("Le plan de financement fait")
}

// join brings a colleague into a team, by the page of the invitation.
func (r *room) join(draft string, who *browser) {
	r.t.Helper()
	r.holder.get(draft+"/collegues").fill(draft+"/collegues", map[string]string{"email": who.name + "@example.org"}).gets(200).sees("L’invitation part par courriel", who.name+"@example.org")
	who.get("/dossiers/invitation?jeton=" + r.token()).gets(200).sees("porteur vous invite comme co-porteur")
	who.fill("/dossiers/invitation", nil).gets(200).sees("Vous faites partie de l’équipe")
}

func TestBudgetLinesWithoutJavaScript(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	b := r.holder.get(draft+"/budget").fill(draft+"/budget", map[string]string{"wording-1": "Premier", "net-1": "1000", "vat-1": "55", "geste": "ajouter"}).gets(200)
	b.sees("1 055,00 €")
	b.fill(draft+"/budget", map[string]string{"wording-2": "Second", "net-2": "4.500", "geste": "retirer-1"}).gets(200)
	if b.value("wording-1") != "Second" || b.value("net-1") != "4.500" || b.doc.Find("[id='wording-2']").Length() != 0 {
		t.Errorf("after the first line was removed: %s", b.text())
	}
	b.fill(draft+"/budget", map[string]string{"geste": "enregistrer"}).gets(422).sees("Hors taxes, ligne 1 : Le point de « 4.500 » se lit de deux façons")
	if b.value("wording-1") != "Second" || b.value("net-1") != "4.500" {
		t.Error("what was typed is gone")
	}
	b.get(draft + "/budget")
	if b.value("wording-1") != "" {
		t.Error("a refused budget was saved")
	}
	b.fill(draft+"/budget", map[string]string{"geste": "enregistrer"}).gets(200) // an empty line is no line
	b.get(draft + "/depot").sees("Ajoutez au moins une ligne de dépense.")
}

func TestWrongForms(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	long := strings.Repeat("é", 4001)
	tests := []struct {
		name, step string
		fields     map[string]string
		status     int
		says       string
		kept       string // a field that keeps what was typed
	}{
		{"nothing answered", "eligibilite", map[string]string{"geste": "continuer"}, 422, "Choisissez une réponse", ""},
		{"an answer of no list", "eligibilite", map[string]string{"bearer": "roi"}, 422, "Choisissez une réponse", ""},
		{"empty step", "equipe", map[string]string{"geste": "continuer"}, 422, "Remplissez ce champ.", ""},
		{"unfinished step, kept", "equipe", map[string]string{"sponsor_name": "Camille", "geste": "enregistrer"}, 200, "enregistrée", "sponsor_name"},
		{"wrong SIRET", "organisme", map[string]string{"siret": "12345678901234"}, 422, "n’est pas un SIRET", "siret"},
		{"text for SIRET", "organisme", map[string]string{"siret": "mon siret"}, 422, "n’est pas un SIRET", "siret"},
		{"unknown department", "organisme", map[string]string{"department": "99"}, 422, "Choisissez une réponse", ""},
		{"too long", "projet", map[string]string{"problem": long}, 422, "dépasse 4000 caractères", "problem"},
		{"NUL", "projet", map[string]string{"title": "a\x00b"}, 422, "caractères illisibles", ""},
		{"not UTF-8", "projet", map[string]string{"title": "a\xffb"}, 422, "caractères illisibles", ""},
		{"31 April", "projet", map[string]string{"start": "31/04/2027"}, 422, "Écrivez une date qui existe", "start"},
		{"too late an end", "projet", map[string]string{"start": "01/12/2026", "end": "02/03/2027"}, 422, "3 mois au plus", "end"},
		{"words for an amount", "financement", map[string]string{"requested": "beaucoup"}, 422, "n’est pas un montant", "requested"},
		{"scientific amount", "financement", map[string]string{"requested": "1e5"}, 422, "n’est pas un montant", "requested"},
		{"over the cap", "financement", map[string]string{"requested": "50 760"}, 422, "Ce montant dépasse de 2 760 € le plafond de 48 000 €.", "requested"},
		{"a wrong version", "financement", map[string]string{"requested": "10", "version": "7", "geste": "enregistrer"}, 409, "Rien n’est perdu", "requested"},
		{"a version that is no number", "financement", map[string]string{"requested": "10", "version": "x", "geste": "enregistrer"}, 409, "Rien n’est perdu", "requested"},
		{"two amounts at once", "financement", map[string]string{"requested": "x", "own": "y", "geste": "enregistrer"}, 422, "2 points à corriger", "own"},
		{"markup", "projet", map[string]string{"title": "<script>alert(1)</script>", "geste": "enregistrer"}, 200, "<script>alert(1)</script>", "title"},
	}
	for _, tt := range tests {
		b := r.holder.get(draft + "/" + tt.step)
		if tt.fields["geste"] == "" {
			tt.fields["geste"] = "continuer"
		}
		b.fill(draft+"/"+tt.step, tt.fields)
		if b.status != tt.status || !strings.Contains(b.text(), plain(tt.says)) && !strings.Contains(plain(b.doc.Find("title").Text()), tt.says) {
			t.Errorf("%s: status %d, want %d and %q\n%s", tt.name, b.status, tt.status, tt.says, b.text())
		}
		if tt.status == 422 && !strings.HasPrefix(plain(b.doc.Find("title").Text()), "Erreur :") {
			t.Errorf("%s: the title is %q", tt.name, b.doc.Find("title").Text())
		}
		if tt.kept != "" && b.value(tt.kept) != tt.fields[tt.kept] {
			t.Errorf("%s: the form holds %q", tt.name, b.value(tt.kept))
		}
	}
	b := r.holder.get(draft + "/projet")
	twice := url.Values{"title": {"a", "b"}, "version": {"0"}}
	b.post(draft+"/projet", twice).gets(422).sees("deux fois le même champ")
	b.get(draft+"/projet").post(draft+"/projet", url.Values{"csrf": {"faux"}, "problem": {"Un texte que l’on tient à garder."}}).gets(403).
		sees("Ce formulaire a expiré")
	b.get(draft + "/inconnue").gets(404)
	b.get("/dossiers/brouillons/9999999/projet").gets(404)
	b.get("/dossiers/brouillons/abc/projet").gets(404)
	b.get("/dossiers/2026-9999").gets(404)
	b.get("/financement/inconnu").gets(404)
	b.get("/financement?page=99").gets(404)
	b.get("/financement?page=x").gets(404)
	b.get("/instruction").gets(404)
}

func TestEmptySubmission(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	r.holder.get(draft+"/depot").sees("Ce qui manque avant de déposer").fill(draft+"/depot", nil).gets(422).
		sees("9 points à corriger", "Éligibilité : Cette étape n’est pas complète.", "Cochez cette case pour déposer.")
	for _, s := range steps() {
		if s.step == "eligibilite" {
			s.fields["bearer"] = "local"
		}
		if s.step == "organisme" {
			s.fields["kind"] = "local"
		}
		s.fields["geste"] = "continuer"
		r.holder.get(draft+"/"+s.step).fill(draft+"/"+s.step, s.fields).gets(200)
	}
	r.holder.get(draft+"/eligibilite").sees("Non éligible", "opérateur d’un ministère")
	r.holder.get(draft+"/depot").fill(draft+"/depot", map[string]string{"exact": "oui", "mandate": "oui", "publication": "oui"}).gets(422).
		sees("Règle du guichet : « Le projet est porté par une administration")
	if r.holder.doc.Find("#exact").AttrOr("checked", "no") == "no" {
		t.Error("the ticked boxes are lost")
	}
}

func TestStaleAndLateActs(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	r.holder.complete(draft)
	r.holder.get(draft + "/depot")
	stale := r.holder.doc.Find("input[name=version]").AttrOr("value", "")
	ticks := url.Values{"version": {stale}, "exact": {"oui"}, "mandate": {"oui"}, "publication": {"oui"}}
	r.holder.get(draft+"/equipe").fill(draft+"/equipe", map[string]string{"sponsor_name": "Autre", "geste": "enregistrer"}).gets(200)
	r.holder.get(draft+"/depot").post(draft+"/depot", ticks).gets(409).sees("Ce dossier a changé depuis que vous l’avez ouvert. Rien n’est perdu")
	number := r.holder.submit(draft)
	// Sent again after it was submitted: the same receipt.
	r.holder.get("/financement/"+callSlug+"/commencer").post(draft+"/depot", ticks).gets(200).sees("Dossier " + number + " déposé")
	r.holder.get("/financement/"+callSlug+"/commencer").post(draft+"/equipe", url.Values{"version": {"1"}, "sponsor_name": {"Trop tard"}}).gets(409).sees("déjà déposé")

	r.lead.get("/instruction/" + number)
	r.reviewer.get("/instruction/"+number).fill("/instruction/"+number+"/prendre", nil).gets(200)
	r.lead.fill("/instruction/"+number+"/classer", map[string]string{"code-drop": "duplicate", "motive-drop": "Un motif longuement pesé."}).gets(409).
		sees("Rien n’est perdu")
	if r.lead.value("motive-drop") != "Un motif longuement pesé." {
		t.Error("the motive is lost")
	}
	r.reviewer.fill("/instruction/"+number+"/proposer", map[string]string{"amount-propose": "4.500", "motive-propose": ""}).gets(422).sees("se lit de deux façons", "Remplissez ce champ.")
	r.reviewer.fill("/instruction/"+number+"/proposer", map[string]string{"amount-propose": "99 999", "motive-propose": "Trop."}).gets(422).sees("d’au plus 28 000 €")
	if r.reviewer.value("amount-propose") != "99 999" {
		t.Error("the amount is lost")
	}
	r.reviewer.fill("/instruction/"+number+"/proposer", map[string]string{"amount-propose": "28 000", "motive-propose": "Bien."}).gets(200)
	r.decider.get("/instruction/" + number)
	r.other.get("/instruction/"+number).fill("/instruction/"+number+"/refuser", map[string]string{"motive-refuse": "Non."}).confirms("/instruction/" + number + "/refuser").gets(200)
	r.decider.fill("/instruction/"+number+"/accorder", map[string]string{"motive-grant": "Un motif pesé lui aussi."}).gets(409).
		sees("Rien n’est perdu", "Votre texte, à recopier", "Un motif pesé lui aussi.")
	r.sound()
}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	r := open(t)
	number := r.submitted()
	for _, private := range []string{"/dossiers", "/dossiers/" + number, "/dossiers/" + number + "/contenu.json", "/instruction", "/instruction/" + number,
		"/financement/" + callSlug + "/commencer", "/dossiers/invitation?jeton=x"} {
		r.visitor().get(private).gets(401)
	}
	if got := r.visitor().get("/dossiers/invitation?jeton=x").header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the page of a token may be kept: %q", got)
	}
	for _, stranger := range []*browser{r.admin, r.outsider, r.reviewer} {
		for _, private := range []string{"/dossiers/" + number, "/dossiers/" + number + "/contenu.json", "/dossiers/" + number + "/retirer", "/dossiers/brouillons/1", "/dossiers/brouillons/1/projet", "/dossiers/brouillons/1/depot"} {
			stranger.get(private).gets(404)
		}
	}
	for _, stranger := range []*browser{r.admin, r.outsider, r.holder} {
		for _, private := range []string{"/instruction", "/instruction/" + number, "/instruction/" + number + "/contenu.json"} {
			stranger.get(private).gets(404)
		}
	}
	if got := r.holder.get("/dossiers/" + number).header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a private page may be kept: %q", got)
	}
	r.holder.get("/financement/"+callSlug+"/commencer").post("/instruction/"+number+"/prendre", url.Values{"version": {"8"}}).gets(404)
	// A member of the applicant with a role on the desk.
	organisation := r.organisation(number)
	r.must(r.desk.Admit(t.Context(), models.System, r.reviewer.actor.ID, organisation))
	r.reviewer.get("/instruction/" + number).gets(200).sees("Vous appartenez à l’organisme qui demande")
	if strings.Contains(r.reviewer.text(), "Trop de courriers") {
		t.Error("who belongs to the applicant reads the content on the desk")
	}
	r.reviewer.get("/instruction/" + number + "/contenu.json").gets(403)
	r.reviewer.get("/instruction?vue=sans").sees("Votre organisme")
	r.reviewer.get("/financement/"+callSlug+"/commencer").post("/instruction/"+number+"/prendre", url.Values{"version": {"8"}}).gets(403).sees("Vous appartenez à l’organisme")
}

func TestACallThatCloses(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	r.holder.complete(draft)
	visitor := r.visitor()
	closes := time.Date(2027, 11, 24, 0, 0, 0, 0, models.Paris)
	r.clock.Set(closes.Add(-time.Microsecond))
	visitor.get("/financement/"+callSlug).sees("Ouvert", "Dernier jour", "Commencer un dossier")
	r.holder.get(draft + "/depot") // the form is open as the window ends
	r.clock.Set(closes)
	visitor.get("/financement/"+callSlug).sees("Clos", "Dernier instant : le 23 novembre 2027 à 23 h 59 min 59 s")
	if strings.Contains(visitor.text(), "Commencer un dossier") {
		t.Error("a closed call still offers to begin")
	}
	r.holder.fill(draft+"/depot", map[string]string{"exact": "oui", "mandate": "oui", "publication": "oui"}).gets(409).sees("Ce guichet est clos depuis le 24 novembre 2027")
	visitor.get("/financement/france-relance").gets(200).sees("Dernier instant : le 17 janvier 2023 à 23 h 59 min 59 s, heure de Paris", "Clos")
}

func TestTheEligibilityTest(t *testing.T) {
	t.Parallel()
	r := open(t)
	b := r.visitor()
	b.get("/financement/" + callSlug + "/eligibilite").gets(200).sees("Vérifier mon éligibilité")
	b.fill("/financement/"+callSlug+"/eligibilite", nil).gets(422).sees("5 points à corriger")
	b.get("/financement/"+callSlug+"/eligibilite?porteur=company&equipe=oui&duree=non&innovation=oui&publication=oui").gets(200).
		sees("Non éligible", "Le projet est porté par une administration", "trois mois au plus")
	b.get("/financement/"+callSlug+"/eligibilite?porteur=other&equipe=oui&duree=oui&innovation=inconnu&publication=oui").gets(200).sees("À vérifier", "Ce n’est pas un refus")
	b.get("/financement/" + callSlug + "/eligibilite?porteur=roi&equipe=oui&duree=oui&innovation=oui&publication=oui").gets(422)
	b.get("/financement/inconnu/eligibilite").gets(404)
}
