package search

import (
	"slices"
	"strings"
)

// family are endings that forms of one word take, without accents: with what
// stands before one of them, a word has the others too.
type family struct {
	endings []string // longest first
	root    int      // letters before the ending, at least
	ends    []string // what stands before ends in one of these; none: in anything
}

// conjugated, agreed and derived forms of a word. A form counts only when the
// index holds it, so that « maisons » is no form of a verb.
var (
	regular = families(3,
		"er e es ent ez ais ait aient erent erai eras era erons erez eront erais erait erions eriez eraient ant ante ants antes ee ees eait eaient eant",
		"ir is it i ie ies issons issez issent issais issait issions issiez issaient issant issante issants issantes irai iras ira irons irez iront irait iraient",
		"yer ie ies yons yez ient yais yait yaient yant ye yee yes yees iera ieront ierait",
	)
	// Whole words, or all but a beginning: com-prendre, re-tenir.
	irregular = families(0,
		"prendre prend prends prenons prenez prennent prenait prenaient prenant pris prise prises prendra prendront prendrait",
		"mettre met mets mettons mettez mettent mettait mettaient mettant mis mise mises mettra mettront mettrait",
		"battre bat bats battons battez battent battait battaient battu battue battus battues battra battront",
		"enir ient iens enons enez iennent enait enaient enant enu enue enus enues iendra iendront iendrait",
		"faire fais fait faits faite faites faisons font faisait faisaient faisant fera feront ferait feraient",
		"lire lit lisons lisez lisent lisait lisaient lisant lue lues lira liront",
		"crire crit cris crits crite crites crivons crivez crivent crivait crivaient crivant crira criront",
		"uire uit uits uite uites uisons uisez uisent uisait uisaient uisant uira uiront",
		"naitre nait naissons naissez naissent naissait naissaient naissant nu nue nus nues naitra naitront",
		"raitre rait raissons raissez raissent raissait raissaient raissant ru rue rus rues raitra raitront",
		"cevoir coit cois cevons cevez coivent cevait cevaient cevant cu cue cus cues cevra cevront",
		"vrir vre vres vrons vrez vrent vrait vraient vrant vert verte verts vertes vrira vriront",
		"ffrir ffre ffres ffrons ffrez ffrent ffrait ffraient ffrant ffert fferte fferts ffertes",
		"devoir dois doit devons devez doivent devait devaient devra devront devrait devraient",
		"savoir sait savons savez savent savait savaient saura sauront sachant",
		"pouvoir peut peux pouvons pouvez peuvent pouvait pouvaient pourra pourront pourrait pourraient",
		"vouloir veut veux voulons voulez veulent voulait voulaient voudra voudrait voulu voulue",
		"voir voit voyons voyez voient voyait voyaient voyant vus vues verra verront verrait",
		"suivre suit suivons suivez suivent suivait suivaient suivant suivi suivie suivis suivies suivra suivront",
		"vivre vit vivons vivez vivent vivait vivaient vivant vecu vivra vivront",
		"servir sert servons servez servent servait servaient servant servi servie servira serviront",
		"sentir sent sentons sentez sentent sentait sentaient senti sentie sentis senties",
		"partir part partons partez partent partait partaient partant partira partiront",
		"sortir sort sortons sortez sortent sortait sortaient sortant sortira sortiront",
		"courir court courons courez courent courait couraient courant couru courue courra courront",
		"querir quiert quierent querons querait queraient quis quise quises querra",
		"soudre sout solvons solvez solvent solvait solvaient solvant solu solue solus solues soudra",
		"clure clut cluons cluez cluent cluait cluaient cluant clu clue clus clues clura cluront",
	)
	regularRe = family{sortedEndings(" s ons ez ent ais ait ions aient ant re u ue us ues ra rez ront rait raient"), 3, []string{"nd", "rd"}}
	// An ending that nouns have too asks for more before it.
	longer = families(4, "er ons ions iez e")
	// Gender and number that the light stemmer leaves apart.
	agreements = families(2,
		"al ale aux ales", "ail aux", "eur euse eurs euses", "teur trice teurs trices", "if ive ifs ives", "eux euse euses",
		"er ere ers eres", "en enne ens ennes", "on onne ons onnes", "el elle els elles", "eau eaux elle elles", "et ette ets ettes",
		"c que cs ques", " e s es", "u ue us ues", "i ie is ies", "oeil yeux", "iel ieux",
	)
	derivations = append(families(5, "er e ation ations ateur ateurs atrice atrices ement ements age ages eur eurs euse euses ance ances able ables atif ative atifs atives"), families(4,
		"ier ie ies ication ications icateur icateurs", "iser ise ises isation isations isateur isateurs",
		"quer que ques cation cations", "ir i it ition itions issement issements", "nir ni nition nitions",
		"der de sion sions", "dre du due sion sions", "ble bles bilite bilites", "ent ents ente entes ence ences", "ant ants ante antes ance ances",
		"ique iques isme ismes iste istes", "ie ies ique iques", "if ive ifs ives ivite ivites ivement", "teur trice teurs trices tion tions",
		"e es ite ites", "al ale aux alite alement", "el elle els elles ellement", "eux euse euses eusement",
		"crire crit crits crite crites ption ptions", "uire uit uite uction uctions ucteur ucteurs", "evoir u eption eptions", "soudre solution solutions",
		"clure clus clusion clusions clusif clusive",
	)...)
	adverbs = family{sortedEndings(" ment"), 6, []string{"e", "i"}}
)

func families(root int, lists ...string) []family {
	all := make([]family, len(lists))
	for i, list := range lists {
		all[i] = family{endings: sortedEndings(list), root: root}
	}
	return all
}

// sortedEndings are the endings of a list, longest first; a list that begins
// with a space has the empty one too.
func sortedEndings(list string) []string {
	endings := strings.Fields(list)
	if strings.HasPrefix(list, " ") {
		endings = append(endings, "")
	}
	slices.SortFunc(endings, func(a, b string) int { return len(b) - len(a) })
	return endings
}

// kinship is how two words belong together.
type kinship int

const (
	strangers kinship = iota
	derived           // of one root: publier, publication
	inflected         // forms of one word: publier, publions
)

// kin is what a word may be a form of: by root, the endings that its other
// forms have.
type kin map[string]map[string]kinship

// kinOf finds the roots of a word, in lower case without accents, and the
// endings that go with them.
func kinOf(word string) kin {
	k := kin{}
	for _, list := range [][]family{derivations, {adverbs}} {
		k.add(list, word, derived)
	}
	for _, list := range [][]family{regular, irregular, agreements, longer, {regularRe}} {
		k.add(list, word, inflected)
	}
	return k
}

func (k kin) add(list []family, word string, as kinship) {
	for i := range list {
		for _, ending := range list[i].endings {
			root, ok := strings.CutSuffix(word, ending)
			if !ok || !list[i].bears(root, ending) {
				continue
			}
			if k[root] == nil {
				k[root] = map[string]kinship{}
			}
			for _, other := range list[i].endings {
				k[root][other] = as
			}
		}
	}
}

// to says how another word belongs to this one.
func (k kin) to(other string) kinship {
	best := strangers
	for root, endings := range k {
		if ending, ok := strings.CutPrefix(other, root); ok {
			best = max(best, endings[ending])
		}
	}
	return best
}

// root is the beginning that all forms of a word have but the irregular ones,
// at least three letters of it.
func (k kin) root(word string) string {
	shortest := word
	for root := range k {
		if len(root) >= 3 && len(root) < len(shortest) {
			shortest = root
		}
	}
	return shortest
}

// bears tells whether a root is one to which the endings of the family go.
func (f *family) bears(root, ending string) bool {
	if len(root) < f.root || len(root)+len(ending) < 3 {
		return false
	}
	if len(f.ends) == 0 {
		return true
	}
	return slices.ContainsFunc(f.ends, func(end string) bool { return strings.HasSuffix(root, end) })
}

// irregularForms are the forms of a word that may begin in another way than it.
func irregularForms(word string) []string {
	var forms []string
	for i := range irregular {
		for _, ending := range irregular[i].endings {
			root, ok := strings.CutSuffix(word, ending)
			if !ok || !irregular[i].bears(root, ending) {
				continue
			}
			for _, other := range irregular[i].endings {
				if other != ending {
					forms = append(forms, root+other)
				}
			}
			break
		}
	}
	return forms
}
