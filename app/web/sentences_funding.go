package web

// fundingSentences are the French sentences for the refusals of models/funding.
var fundingSentences = map[string]string{
	"amount.ambiguous": "Le point de « %s » se lit de deux façons : écrivez « 48 000 » pour des milliers, « 48,00 » pour des centimes.",
	"amount.format":    "« %s » n’est pas un montant : écrivez des euros, par exemple « 4 500 » ou « 4500,00 ».",

	"funding.unknown":      "Ce dossier n’existe pas, a été supprimé par son porteur, ou vous n’y avez pas accès. Vos dossiers sont dans « Mes dossiers ».",
	"funding.unknown_call": "Ce guichet n’existe pas ou n’est plus public.",
	"funding.not_open":     "Ce guichet ouvre le %s. Revenez à cette date.",
	"funding.closed":       "Ce guichet est clos depuis le %s : plus aucun dossier ne peut y être commencé ni déposé.",
	"funding.stale":        "Ce dossier a changé depuis que vous l’avez ouvert. Rien n’est perdu : relisez-le, puis recommencez si c’est encore utile.",
	"funding.overtaken":    "Un collègue a enregistré cette étape entre-temps. Rien n’est perdu : voici votre texte, et le sien.",
	"funding.submitted":    "Ce dossier est déjà déposé : son contenu est figé. Ouvrez « Mes dossiers » pour le suivre.",
	"funding.holder_only":  "Seul le porteur du dossier peut faire cela. Demandez-le-lui.",
	"funding.read_only":    "Vous lisez ce dossier sans pouvoir l’écrire. Demandez au porteur de vous inviter comme co-porteur.",
	"funding.not_member":   "Vous n’êtes pas rattaché à l’organisme de ce dossier. Enregistrez de nouveau l’étape « Organisme ».",
	"funding.many_drafts":  "Vous avez déjà 20 brouillons sous ce guichet. Reprenez l’un d’eux.",
	"funding.many_invited": "Ce dossier a déjà envoyé 20 invitations en un jour. Réessayez demain.",

	"funding.role":              "Votre rôle sur ce guichet ne permet pas cette action.",
	"funding.interest":          "Vous appartenez à l’organisme qui demande : vous ne pouvez ni instruire ni décider sur ce dossier.",
	"funding.own_proposal":      "Vous avez proposé un montant sur ce dossier : une autre personne doit décider.",
	"funding.not_assigned":      "Ce dossier est instruit par quelqu’un d’autre. Un responsable d’instruction peut agir à sa place.",
	"funding.nothing_to_verify": "Il n’y a plus rien à vérifier : le rattachement l’est déjà, ou le dossier n’est plus en cours.",
	"funding.envelope":          "L’enveloppe du guichet ne suffit plus : il y reste %s. Rien n’a été accordé.",
	"funding.amount":            "Écrivez un montant supérieur à zéro et d’au plus %s.",

	"funding.redirected_only": "Nommez un autre guichet seulement quand le dossier est réorienté.",

	"funding.invitation":      "Cette invitation a déjà servi, a été retirée ou a expiré. Demandez au porteur de vous inviter de nouveau.",
	"funding.other_address":   "Cette invitation est adressée à une autre adresse électronique que celle de votre compte. Connectez-vous avec le compte invité.",
	"funding.email":           "Écrivez une seule adresse complète, par exemple prenom.nom@organisme.fr.",
	"funding.invited_already": "Cette personne est déjà invitée : son invitation attend sa réponse.",
	"funding.member_already":  "Cette personne fait déjà partie de l’équipe.",

	"funding.siret":        "Ce numéro n’est pas un SIRET : il compte 14 chiffres, dont les derniers vérifient les premiers. Recopiez-le.",
	"funding.kind_differs": "À la première étape, vous avez déclaré une autre nature d’organisme. Corrigez l’une des deux.",
	"funding.phone":        "Écrivez un numéro français, par exemple 01 99 00 12 34 ou +33 1 99 00 12 34.",
	"funding.date":         "Écrivez une date qui existe : le jour, le mois, l’année, par exemple 01/03/2027.",

	"funding.end_before_start": "La fin vient après le début.",
	"funding.end_late":         "Le projet dure %d mois au plus : avancez la fin ou retardez le début.",
	"funding.start_past":       "Le projet ne peut pas commencer avant le dépôt : choisissez aujourd’hui ou un jour à venir.",

	"funding.lines_none":   "Ajoutez au moins une ligne de dépense.",
	"funding.lines_many":   "Un budget compte %d lignes au plus : regroupez des dépenses.",
	"funding.net_zero":     "Écrivez un montant supérieur à zéro.",
	"funding.amount_range": "Écrivez un montant entre 0 et %s.",
	"funding.share":        "Au moins %d %% des dépenses doivent aller à des entreprises innovantes dont le siège est en France : ce sont %s sur %s.",

	"funding.requested_zero": "Demandez un montant supérieur à zéro.",
	"funding.cap":            "Ce montant dépasse de %s le plafond de %s.",
	"funding.over_total":     "Ce montant dépasse le total du budget, %s.",
	"funding.plan":           "Le plan de financement fait %s pour un budget de %s : les deux doivent être égaux.",

	"funding.step_incomplete": "Cette étape n’est pas complète.",
	"funding.attest":          "Cochez cette case pour déposer.",

	"funding.rule_quoted":      "Règle du guichet : « %s » Votre réponse n’y est pas conforme.",
	"funding.rule_bearer":      "Règle du guichet : il est réservé à certains organismes, dont le vôtre ne fait pas partie.",
	"funding.rule_team":        "Règle du guichet : une équipe interne pilote le projet.",
	"funding.rule_duration":    "Règle du guichet : le projet donne ses résultats dans la durée prévue.",
	"funding.rule_innovative":  "Règle du guichet : une part des dépenses va à des entreprises innovantes dont le siège est en France.",
	"funding.rule_public":      "Règle du guichet : les résultats du projet peuvent être rendus publics.",
	"funding.check_quoted":     "À vérifier par l’équipe du guichet : « %s »",
	"funding.check_bearer":     "À vérifier par l’équipe du guichet : la nature de votre organisme.",
	"funding.check_team":       "À vérifier par l’équipe du guichet : une équipe interne pilote le projet.",
	"funding.check_duration":   "À vérifier par l’équipe du guichet : la durée du projet.",
	"funding.check_innovative": "À vérifier par l’équipe du guichet : la part des entreprises innovantes.",
	"funding.check_public":     "À vérifier par l’équipe du guichet : la publication des résultats.",
}
