package account

import "testing"

func TestNamesOfAuthorityAreNobodys(t *testing.T) {
	t.Parallel()
	refused := []string{
		"Modération", "modération", "MODERATION", "Modérateur", "Modératrice", "Administrateur", "Administration", "Admin",
		"Passerelle", "Équipe Passerelle", "L’équipe de Passerelle", "Équipe de modération", "Compte supprimé", "compte  SUPPRIMÉ",
		"Support", "Support technique", "Service support Passerelle", "Le Support", "ÉquipePasserelle", "M o d é r a t i o n", "Modération.", "« Modération »",
		"Ｍｏｄéｒａｔｉｏｎ", "𝐌odération", "Mоdération", "Моdеrаtiоn", "M0dération", "Adm1n", "P@sserelle", "Mode\u0301ration", "Modération 2", "✓ Modération",
		"Marie, modératrice", "Marie Dupont (Modération)", "Moderator", "The Passerelle Team", "Support Passerelle officiel",
	}
	for _, name := range refused {
		if !reserved(name) {
			t.Errorf("%q is let through", name)
		}
	}
	fine := []string{
		"Marie Dupont", "Jean Passerelle", "Aude Ministre", "Modeste Ration", "Élise Admirat", "Léa, administration pénitentiaire", "Camille Démo",
		"Société de support aux usagers", "Al", "Équipe du Ti Lab", "Службa", "李小龙", "Noël Le Portail", "Anne-Laure Desforum", "1234", "Agent 12",
	}
	for _, name := range fine {
		if reserved(name) {
			t.Errorf("%q is refused", name)
		}
	}
}
