package account

import "strings"

// publicDomains are mail domains that only public bodies have. An address in
// one of them, or below it, shows « domaine vérifié ». Academies stand one by
// one: anybody may register a domain that begins with « ac- ».
// Source: the starter list of ProConnect's public domains (MIT).
var publicDomains = []string{
	"gouv.fr", "justice.fr",
	"francetravail.fr", "pole-emploi.fr", "assurance-maladie.fr", "urssaf.fr", "caf.fr", "ars.sante.fr",
	"cnrs.fr", "aphp.fr", "asp-public.fr", "i-carre.net",
	"paris.fr", "marseille.fr",
	"ac-rennes.fr", "ac-lille.fr",
}

// publicAgent tells whether an address is at a verified public domain: equal
// to it, or ending in "." and it. A bare suffix would let fakegouv.fr in.
func publicAgent(email string) bool {
	_, domain, _ := cutLast(email, "@")
	for _, public := range publicDomains {
		if domain == public || strings.HasSuffix(domain, "."+public) {
			return true
		}
	}
	return false
}
