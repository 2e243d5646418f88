package adminpages

import (
	"passerelle/app/ui"
	"passerelle/models"
)

// offered are the roles that a page grants, in the order shown: those that
// open something. The others are for `passerelle user grant`.
var offered = []models.Role{models.Reviewer, models.LeadReviewer, models.Decider, models.Auditor, models.Moderator, models.Administrator}

// roleOptions are the choices of the form that grants.
func roleOptions() []ui.Option {
	list := []ui.Option{{Value: "", Label: "Choisissez"}}
	for _, role := range offered {
		list = append(list, ui.Option{Value: string(role), Label: ui.RoleName(role)})
	}
	return list
}

// roleFacts say what each role that is offered lets one do.
func roleFacts() []ui.Fact {
	list := make([]ui.Fact, len(offered))
	for i, role := range offered {
		list[i] = ui.Fact{Label: ui.RoleName(role), Text: ui.RoleWork(role)}
	}
	return list
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
