package adminpages

import (
	"slices"

	"passerelle/app/ui"
	"passerelle/models"
)

// roleWords is a role in words.
type roleWords struct {
	role models.Role
	word string
	hint string
}

// roles are the roles that can be granted, in the order shown.
var roles = []roleWords{
	{models.LabEditor, "Rédaction", "écrit et publie les cas d’usage d’un laboratoire"},
	{models.Reviewer, "Instruction", "instruit les dossiers d’un guichet"},
	{models.LeadReviewer, "Instruction, responsable", "répartit et relit"},
	{models.Expert, "Expertise", "donne un avis"},
	{models.Decider, "Décision", "accorde ou refuse"},
	{models.Finance, "Finances", "suit les versements"},
	{models.Auditor, "Contrôle", "lit tout, ne change rien"},
	{models.Moderator, "Modération", "modère tous les forums"},
	{models.Administrator, "Administration", "donne les rôles\u202f; ne lit aucun dossier"},
}

func roleWord(role models.Role) string {
	i := slices.IndexFunc(roles, func(r roleWords) bool { return r.role == role })
	if i < 0 {
		return string(role)
	}
	return roles[i].word
}

// roleOptions are the choices of the form that grants.
func roleOptions() []ui.Option {
	list := []ui.Option{{Value: "", Label: "Choisissez"}}
	for _, r := range roles {
		list = append(list, ui.Option{Value: string(r.role), Label: r.word + "\u00a0: " + r.hint})
	}
	return list
}

// on is what a right is on, in words.
func on(name string) string {
	if name == "" {
		return "tout le portail"
	}
	return name
}

var acts = map[string]string{"role.granted": "Rôle donné", "role.revoked": "Rôle retiré"}

// who names somebody of the audit, perhaps gone since.
func who(id models.ID, name string) string {
	switch {
	case id == models.System.ID:
		return "Le programme"
	case name == "":
		return "Compte supprimé"
	}
	return name
}
