package ui

import "passerelle/models"

// roleWords are a granted role in words: its name and what it lets one do in
// this portal, today.
var roleWords = map[models.Role][2]string{
	models.LabEditor:     {"Rédaction", "Signale qui rédige pour un laboratoire. Ses cas d’usage arrivent aujourd’hui par des fichiers\u00a0: ce rôle n’ouvre encore aucune page."},
	models.Reviewer:      {"Instruction", "Prend un dossier, le lit, propose un montant."},
	models.LeadReviewer:  {"Instruction, responsable", "Comme l’instruction\u202f; répartit aussi les dossiers, les relit et peut les classer sans suite."},
	models.Expert:        {"Expertise", "Réservé aux avis d’experts\u00a0: ce rôle n’ouvre encore aucune page."},
	models.Decider:       {"Décision", "Accorde ou refuse, dans la limite de l’enveloppe."},
	models.Finance:       {"Finances", "Réservé au suivi des versements\u00a0: ce rôle n’ouvre encore aucune page."},
	models.Auditor:       {"Contrôle", "Lit tous les dossiers d’un guichet, ne change rien."},
	models.Moderator:     {"Modération", "Masque, rétablit, clôt et épingle, sur tous les forums."},
	models.Administrator: {"Administration", "Donne et retire les rôles\u202f; ne lit aucun dossier."},
}

// RoleName is what a role is called.
func RoleName(role models.Role) string {
	if words, ok := roleWords[role]; ok {
		return words[0]
	}
	return string(role)
}

// RoleWork is what a role lets one do.
func RoleWork(role models.Role) string { return roleWords[role][1] }

// RoleOn is what a right is on, in words: a laboratory, a call, or everything.
func RoleOn(name string) string {
	if name == "" {
		return "tout le portail"
	}
	return name
}
