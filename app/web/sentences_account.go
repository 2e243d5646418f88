package web

// accountSentences are the French sentences for the refusals of models/account.
var accountSentences = map[string]string{
	"account.log_in":             "Connectez-vous pour continuer.",
	"account.no_session":         "Votre session est terminée : connectez-vous de nouveau.",
	"account.unconfirmed":        "Confirmez d’abord votre adresse : un lien vous a été envoyé par courriel. Votre page « Mon compte » permet de le recevoir de nouveau.",
	"account.own_desk":           "Qui administre ne lit aucun dossier : une autre personne doit vous donner ce rôle.",
	"account.not_yours":          "Votre compte ne permet pas cette action.",
	"account.unknown":            "Cette page n’existe pas ou n’est plus publique.",
	"account.wrong":              "Adresse ou mot de passe incorrect. Vérifiez les deux, ou demandez un nouveau mot de passe.",
	"account.busy":               "Beaucoup de personnes se connectent en ce moment. Envoyez de nouveau le formulaire dans quelques secondes.",
	"account.token":              "Ce lien n’est pas valable, ou il a expiré.",
	"account.token_used":         "Ce lien a déjà servi, et ne sert qu’une fois.",
	"account.overtaken":          "Votre compte a été modifié ailleurs entre-temps. Vérifiez, puis envoyez de nouveau.",
	"account.email":              "Écrivez une adresse complète, comme prenom.nom@exemple.fr.",
	"account.same_email":         "C’est déjà l’adresse de votre compte.",
	"account.address_taken":      "Cette adresse est devenue celle d’un autre compte. Votre adresse actuelle reste valable.",
	"account.name_reserved":      "Ce nom ferait croire que vous parlez pour le portail ou pour sa modération. Choisissez-en un autre, le vôtre par exemple.",
	"account.password_short":     "Choisissez un mot de passe d’au moins %d caractères.",
	"account.password_long":      "Ce mot de passe est trop long : %d caractères au plus.",
	"account.password_weak":      "Ce mot de passe se devine trop facilement. Assemblez quatre ou cinq mots sans lien entre eux, ni avec vous.",
	"account.current":            "Ce n’est pas votre mot de passe actuel.",
	"account.last_administrator": "Il faut toujours au moins une personne pour administrer le portail : donnez d’abord ce rôle à quelqu’un d’autre.",
	"account.undecided":          "Vous portez un dossier qui attend une décision. Retirez-le, ou attendez la décision, puis supprimez votre compte.",
	"account.role":               "Choisissez un rôle de la liste et, s’il en faut un, le laboratoire ou le guichet concerné.",
	"account.role_unconfirmed":   "Cette personne n’a pas encore confirmé son adresse : elle ne peut pas recevoir de rôle.",
}
