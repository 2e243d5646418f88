package web

// accountSentences are the French sentences for the refusals of models/account.
var accountSentences = map[string]string{
	"account.log_in":      "Connectez-vous pour continuer.",
	"account.no_session":  "Votre session est terminée : connectez-vous de nouveau.",
	"account.unconfirmed": "Confirmez d’abord votre adresse : un lien vous a été envoyé par courriel.",
	"account.not_yours":   "Votre compte ne permet pas cette action.",
}
