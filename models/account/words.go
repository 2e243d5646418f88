package account

import "strings"

// frenchWords are what a guesser tries on a French site and zxcvbn, whose
// lists are English, does not know.
var frenchWords = strings.Fields(`
	motdepasse motdepass mdp passe azerty azertyuiop qsdfghjklm wxcvbn bonjour bonsoir salut merci secret
	passerelle portail demo laboratoire innovation territoire publique forum compte administrateur administration
	bienvenue connexion inscription france francais francaise republique liberte egalite fraternite marianne
	doudou loulou chouchou cheri cherie amour jetaime monamour soleil lune etoile etoiles licorne papillon
	chocolat vacances voiture maison jardin montagne plage famille maman papa enfant enfants bebe
	football rugby marseille paris lyon bordeaux toulouse lille nantes rennes strasbourg bretagne normandie
	printemps automne hiver janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
	lundi mardi mercredi jeudi vendredi samedi dimanche
	prefecture ministere mairie commune region departement agent fonctionnaire service bureau travail
	nicolas camille thomas julien alexandre aurelie celine stephanie sandrine nathalie isabelle sylvie
	cheval chien chat chaton tigre lion dragon poisson oiseau
	ordinateur internet bibliotheque ecole college lycee universite
	un deux trois quatre cinq six sept huit neuf dix cent mille
`)
