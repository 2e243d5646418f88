package web

// labSentences are the French sentences for the refusals of models/lab.
var labSentences = map[string]string{
	"lab.unknown":        "Cette page n’existe pas ou n’est plus publique.",
	"lab.unknown_filter": "Cette adresse demande un filtre qui n’existe pas ou n’existe plus. Reprenez depuis la liste des cas d’usage.",
	"lab.no_page":        "Cette liste n’a pas autant de pages. Reprenez depuis la première.",
	"lab.address_taken":  "Cette adresse appartient, ou a appartenu, à une autre page : choisissez-en une autre.",
	"lab.edited":         "Cette page a été modifiée dans le portail depuis le dernier chargement de son fichier : le fichier est laissé de côté.",
	"lab.unknown_lab":    "Aucun laboratoire n’a cette adresse.",
	"lab.themes":         "Donnez %d thèmes au plus.",
	"lab.date":           "Écrivez une date complète, par exemple 2026-11-24T14:32:00+01:00.",
}
