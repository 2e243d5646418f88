package web

// forumSentences are the French sentences for the refusals of models/forum.
var forumSentences = map[string]string{
	"forum.unknown":        "Ce forum ou cette rubrique n’existe pas.",
	"forum.unknown_thread": "Ce fil n’existe pas ou n’est plus public.",
	"forum.unknown_post":   "Ce message n’existe pas ou n’est plus public.",
	"forum.not_author":     "Seule la personne qui a écrit ce message peut le modifier ou le supprimer.",
	"forum.not_moderator":  "Cette action est réservée à la modération.",
	"forum.closed":         "Ce forum est fermé : il ne reçoit plus de message. Vous pouvez toujours le lire.",
	"forum.locked":         "Ce fil est clos : il ne reçoit plus de message et rien ne s’y modifie. Vous pouvez toujours le lire.",
	"forum.thread_hidden":  "Ce fil est masqué par la modération : il ne reçoit plus de message et rien ne s’y modifie. Pour contester, suivez « Contester une décision » dans les règles des forums.",
	"forum.post_hidden":    "Ce message est masqué par la modération : tant qu’il l’est, il ne peut être ni modifié, ni supprimé. Pour contester, suivez « Contester une décision » dans les règles des forums.",
	"forum.post_deleted":   "Ce message a été supprimé par son auteur.",
	"forum.no_answer":      "Le premier message d’un fil n’est pas une réponse.",
	"forum.not_agent":      "Seul le message d’un agent public, dont l’adresse professionnelle est vérifiée, peut être une réponse officielle.",
	"forum.own_official":   "Personne ne rend officiel son propre message : demandez-le à un autre modérateur.",
	"forum.stale":          "Ce message a changé depuis que vous l’avez ouvert. Rien n’est perdu : voici votre texte. Comparez-le avec la version actuelle, puis enregistrez de nouveau.",
	"forum.kind":           "Choisissez ce que vous ouvrez : discussion, question ou proposition.",
	"forum.category":       "Choisissez une rubrique de la liste.",
	"forum.too_long":       "Ce message dépasse %d octets : il en compte %d. Coupez-le en deux messages.",
	"forum.too_deep":       "Ce message emboîte plus de %d citations ou listes. Retirez les plus profondes.",
	"forum.slug":           "Un nom court s’écrit en minuscules sans accent, avec des traits d’union : « commande-publique ».",
	"forum.future":         "Cette date est à venir.",
	"forum.too_many_posts": "Un fil importé compte %d messages au plus.",
}
