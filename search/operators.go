package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"passerelle/models"
)

// ErrUnknownFilter says that a filter names what is not there.
var ErrUnknownFilter = models.Refuse(models.NotFound, "lab.unknown_filter")

// Operator is a name, a colon and a value: auteur:"Claire Dubois".
type Operator struct {
	Name  string // auteur, type, labo, region, forum, avant or apres
	Value string // as typed, without quotes
	Known bool   // false: nothing bears that name, so it was looked for as words
}

// operatorNames are the spellings of each operator.
var operatorNames = map[string]string{
	"auteur": "auteur", "autrice": "auteur", "auteure": "auteur", "par": "auteur", "type": "type", "nature": "type",
	"labo": "labo", "lab": "labo", "laboratoire": "labo", "region": "region", "forum": "forum",
	"avant": "avant", "apres": "apres", "depuis": "apres",
}

// maxOperators bounds what one search may ask for.
const maxOperators = 16

// operatorsIn takes the operators out of what was typed.
func operatorsIn(text string) (list []Operator, rest string) {
	var plain strings.Builder
	boundary := true // an operator begins a word
	for text != "" {
		if boundary && len(list) < maxOperators {
			if one, after, ok := cutOperator(text); ok {
				list = append(list, one)
				plain.WriteByte('\n')
				text = after
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(text)
		boundary = unicode.IsSpace(r)
		plain.WriteString(text[:size])
		text = text[size:]
	}
	return list, plain.String()
}

func cutOperator(text string) (one Operator, rest string, ok bool) {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	if end <= 0 || end > 20 || text[end] != ':' {
		return one, text, false
	}
	name, known := operatorNames[string(fold([]byte(strings.ToLower(text[:end]))))]
	if !known {
		return one, text, false
	}
	text = text[end+1:]
	value, rest, quoted := cutQuotes(text)
	if !quoted {
		value, rest = cutWord(text)
	}
	value = strings.TrimSpace(value)
	return Operator{Name: name, Value: value}, rest, value != ""
}

// ofForums are the types of what is said in a thread.
var ofForums = []Type{Thread, Question, Proposal, Post}

// typeNames are what people call the types, also by the words of our data.
var typeNames = map[string][]Type{
	"cas": {UseCase, Experience}, "cas-usage": {UseCase}, "cas-d-usage": {UseCase}, "usage": {UseCase}, "use-case": {UseCase},
	"experience": {Experience}, "retour-experience": {Experience}, "retour": {Experience}, "retour-d-experience": {Experience},
	"projet": {Project, Experience}, "projet-finance": {Project}, "subvention": {Project}, "laureat": {Project}, "project": {Project},
	"labo": {Lab}, "lab": {Lab}, "laboratoire": {Lab}, "guichet": {Call}, "appel": {Call}, "financement": {Call}, "call": {Call},
	"fil": ofForums, "discussion": ofForums, "debat": ofForums, "thread": ofForums, "question": {Question},
	"proposition": {Proposal}, "proposal": {Proposal}, "idee": {Proposal},
	"message": {Post}, "reponse": {Post}, "post": {Post}, "aide": {Help}, "page": {Help},
}

// understand reads what was typed and the filters. What there is to look for
// nothing in is said in found.
func (x *Index) understand(ctx context.Context, q Query, found *Found) (query, words, error) {
	asked := query{filters: map[string][]string{}, newest: q.Newest, now: x.store.Now().Time}
	for _, t := range q.Types {
		if !slices.Contains(Types, t) {
			return asked, words{}, ErrUnknownFilter
		}
	}
	for _, s := range q.Statuses {
		if !slices.Contains(Statuses, s) {
			return asked, words{}, ErrUnknownFilter
		}
	}
	asked.filters[fieldType], asked.filters[fieldStatus], asked.filters[fieldYear] = texts(q.Types), texts(q.Statuses), q.Years
	var text string
	operated := false
	err := x.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		for field, slugs := range map[string][]string{fieldLab: q.Labs, fieldRegion: q.Regions, fieldForum: q.Forums} {
			if asked.filters[field], err = termsOfSlugs(ctx, tx, field, slugs); err != nil {
				return err
			}
		}
		if utf8.RuneCountInString(q.Text) > MaxText {
			text = q.Text
			return nil
		}
		found.Operators, text = operatorsIn(q.Text)
		for i := range found.Operators {
			one := &found.Operators[i]
			if one.Known, err = asked.operate(ctx, tx, *one); err != nil {
				return err
			}
			if operated = operated || one.Known; !one.Known {
				text += "\n" + one.Value
			}
		}
		return nil
	})
	if err != nil {
		return asked, words{}, err
	}
	w := parse(text, x.Synonyms)
	found.Problem, found.Cut = w.problem, w.cut
	if operated && len(w.wanted) == 0 && len(w.without) == 0 && w.problem != TooLong {
		found.Problem, asked.newest = Fine, true // all that the operators let through
	}
	return asked, w, nil
}

// termsOfSlugs are what the index holds for the values of a filter.
func termsOfSlugs(ctx context.Context, tx *models.Tx, field string, slugs []string) ([]string, error) {
	if len(slugs) == 0 {
		return nil, nil
	}
	rows, err := readNames(ctx, tx, field)
	if err != nil {
		return nil, err
	}
	var terms []string
	for _, slug := range slugs {
		at := slices.IndexFunc(rows, func(r nameRow) bool { return r.Slug == slug })
		if at < 0 {
			return nil, ErrUnknownFilter
		}
		terms = append(terms, rows[at].Term)
	}
	return terms, nil
}

// operate narrows a query by an operator, if its value means something.
func (q *query) operate(ctx context.Context, tx *models.Tx, one Operator) (known bool, err error) {
	switch one.Name {
	case "type":
		types := typeNames[slugOf(one.Value)]
		if types == nil {
			types = typeNames[strings.TrimSuffix(slugOf(one.Value), "s")]
		}
		q.filters[fieldType] = append(q.filters[fieldType], texts(types)...)
		return types != nil, nil
	case "avant":
		from, ok := firstDay(one.Value)
		if ok && (q.before == 0 || from < q.before) {
			q.before = from
		}
		return ok, nil
	case "apres":
		from, ok := firstDay(one.Value)
		if ok {
			q.from = max(q.from, from)
		}
		return ok, nil
	case "auteur":
		ids, err := peopleNamed(ctx, tx, one.Value)
		q.authors = append(q.authors, ids...)
		return len(ids) > 0, err
	}
	field := map[string]string{"labo": fieldLab, "region": fieldRegion, "forum": fieldForum}[one.Name]
	rows, err := readNames(ctx, tx, field)
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		if r.Slug == slugOf(one.Value) || bears(r.Name, one.Value) {
			q.filters[field] = append(q.filters[field], r.Term)
			known = true
		}
	}
	return known, nil
}

// slugOf writes a value as addresses do.
func slugOf(value string) string {
	return strings.Join(strings.FieldsFunc(string(fold([]byte(strings.ToLower(value)))), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
}

// bears tells whether a name holds all the words of a value; the last one may
// be only begun.
func bears(name, value string) bool {
	held, wanted := strings.Split(slugOf(name), "-"), strings.Split(slugOf(value), "-")
	for i, word := range wanted {
		if !slices.ContainsFunc(held, func(h string) bool {
			return h == word || i == len(wanted)-1 && len(word) >= 3 && strings.HasPrefix(h, word)
		}) {
			return false
		}
	}
	return true
}

// maxPeople bounds how many people one name may stand for.
const maxPeople = 50

// peopleNamed are the people whose name holds the words of a value.
func peopleNamed(ctx context.Context, tx *models.Tx, value string) ([]string, error) {
	if slugOf(value) == "" {
		return nil, nil
	}
	rows, err := tx.DB.WithContext(ctx).Raw("SELECT id, name FROM accounts WHERE name <> '' AND deleted_at IS NULL").Rows()
	if err != nil {
		return nil, wrap(err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() && len(ids) < maxPeople {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, wrap(err)
		}
		if bears(name, value) {
			ids = append(ids, id)
		}
	}
	return ids, wrap(cmp.Or(rows.Err(), ctx.Err()))
}

// dateForms are how dates are typed; what is left out is the first.
var dateForms = []string{"2006-01-02", "2006-1-2", "02/01/2006", "2/1/2006", "2006-01", "01/2006", "1/2006", "2006"}

// firstDay reads a date, a month or a year: its first day.
func firstDay(value string) (int32, bool) {
	for _, form := range dateForms {
		if when, err := time.Parse(form, value); err == nil && when.Year() >= 1970 && when.Year() < 3000 {
			return dayOf(when), true
		}
	}
	return 0, false
}
