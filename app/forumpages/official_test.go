package forumpages

import "testing"

func TestAnOfficialAnswer(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.logIn("Marie L.").opened()
	agent, moderator, visitor := p.logIn("Hugo A."), p.moderator(), p.visitor()
	p.exec("UPDATE accounts SET agent = 1 WHERE id = ?", agent.who.ID)
	agent.open(thread).press("Publier", map[string]string{"body": "Nous le publierons en mai."}).sees(200, "2 messages")
	visitor.open(thread).misses("Réponse officielle")
	visitor.open("/messages/2/officielle").sees(401, "Se connecter")
	agent.open("/messages/2/officielle").sees(403, "réservée à la modération")

	moderator.open(thread).follow("#m2", "Réponse officielle").sees(200, "Au nom de quelle institution", "Nous le publierons en mai.").
		press("En faire une réponse officielle", map[string]string{"institution": ""}).sees(422, "Au nom de quelle institution").
		press("En faire une réponse officielle", map[string]string{"institution": "Préfecture de démonstration"}).
		sees(200, "Ce message est une réponse officielle.", "Préfecture de démonstration", "Écrite par Hugo A.")
	visitor.open(thread).sees(200, "Réponse officielle", "Préfecture de démonstration")
	visitor.open("/forums/essai").sees(200, "Réponse officielle")
	visitor.open("/moderation/journal").sees(200, "Réponse officielle", "Au nom de : Préfecture de démonstration")

	agent.open("/messages/2/modifier").sees(200, "Si vous le modifiez, il redevient personnel")
	moderator.open("/messages/2/officielle").press("Ne plus en faire une réponse officielle", nil).
		sees(200, "Ce message n’est plus une réponse officielle.").misses("Préfecture de démonstration")
	visitor.open(thread).misses("Préfecture de démonstration")
}
