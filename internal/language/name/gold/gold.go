package gold

import (
	"slices"
	"sort"
	"strings"

	"readout/internal/language"
	"readout/internal/language/name"
	"readout/internal/language/treebank"
)

// Name is a name of the treebank, in tokens of its document.
type Name struct {
	First, Last int
	// Type is NoName for the name of something else: a work, an event.
	Type language.NameType
	// Known is false where the treebank does not tell the type.
	Known bool
}

// Document is a document of the treebank with its names.
type Document struct {
	*language.Document
	// ID is its name.
	ID    string
	Names []Name
}

// Documents makes a document of tokens and sentences for each of the treebank, and takes
// their names.
func Documents(all []treebank.Sentence) (out []Document) {
	for _, sentences := range treebank.Documents(all) {
		out = append(out, document(sentences))
	}
	return out
}

func document(all []treebank.Sentence) Document {
	var text strings.Builder
	var tokens []language.Token
	var sentences []language.Sentence
	var paragraphs []language.Paragraph
	for k := range all {
		first, start := len(tokens), text.Len()
		for _, w := range all[k].Words {
			at := text.Len()
			text.WriteString(w.Form)
			tokens = append(tokens, language.NewToken(w.Form, at))
			if w.Space {
				text.WriteByte(' ')
			}
		}
		r := language.Range{Start: start, End: tokens[len(tokens)-1].End}
		sentences = append(sentences, language.Sentence{Range: r, Paragraph: len(paragraphs), First: first, Last: len(tokens)})
		paragraphs = append(paragraphs, language.Paragraph{Range: r})
		text.WriteByte('\n')
	}
	d := Document{Document: language.New(text.String(), nil), ID: all[0].Document}
	d.Tokens, d.Sentences, d.Paragraphs = tokens, sentences, paragraphs
	for k := range all {
		for _, n := range names(&all[k]) {
			n.First, n.Last = n.First+sentences[k].First, n.Last+sentences[k].First
			d.Names = append(d.Names, n)
		}
	}
	return d
}

// names gives the names of a sentence, the longer of two that overlap.
func names(s *treebank.Sentence) (out []Name) {
	x := sentence{s, s.Entities()}
	var found []Name
	for _, e := range x.entities {
		if n, ok := x.name(e); ok {
			found = append(found, n)
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].Last-found[i].First > found[j].Last-found[j].First })
	taken := make([]bool, len(s.Words))
	add := func(n Name) {
		if !slices.Contains(taken[n.First:n.Last], true) {
			out = append(out, n)
			for i := n.First; i < n.Last; i++ {
				taken[i] = true
			}
		}
	}
	for _, n := range found {
		add(n)
	}
	for i := 0; i < len(s.Words); i++ {
		end := i
		for end < len(s.Words) && !taken[end] && s.Words[end].UPOS == "PROPN" && !(end > i && x.demonym(end)) && !(end > i && x.demonym(i)) {
			end++
		}
		switch {
		case x.demonym(i) && !taken[i] && end <= i+1:
			add(Name{i, i + 1, language.NationalityName, true})
		case end > i:
			if first := x.behindTitles(i, end); first < end {
				add(Name{first, end, language.NoName, false})
			}
			i = end - 1
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].First < out[j].First })
	return out
}

// sentence is a sentence with its entities.
type sentence struct {
	*treebank.Sentence
	entities []treebank.Entity
}

func (s *sentence) lower(i int) string { return strings.ToLower(s.Words[i].Form) }

func (s *sentence) capital(i int) bool {
	return language.NewToken(s.Words[i].Form, 0).Capital
}

// demonym says whether a word names a people, or what is of one.
func (s *sentence) demonym(i int) bool {
	return i < len(s.Words) && s.capital(i) && name.Listed(name.Demonym, s.lower(i))
}

// behindTitles gives the first word behind the last title of some words.
func (s *sentence) behindTitles(first, last int) int {
	for i := last - 1; i >= first; i-- {
		if name.Listed(name.Title, s.lower(i)) {
			return i + 1
		}
	}
	return first
}

// state says whether a name is that of a state or city, which stays one when it acts.
func (s *sentence) state(n Name) bool {
	for i := n.First; i < n.Last; i++ {
		if !name.Listed(name.Country, s.lower(i)) && s.lower(i) != "the" && !(n.Last-n.First > 1 && name.Listed(name.Place, s.lower(i))) {
			return false
		}
	}
	return true
}

// behindOffice gives the first word of a name behind "Secretary of State".
func (s *sentence) behindOffice(n Name) int {
	for i := n.Last - 1; i > n.First; i-- {
		if w := &s.Words[i]; w.Rel == "nmod" && w.Head < i && w.Head >= n.First && slices.ContainsFunc(s.Words[n.First:i], func(o treebank.Word) bool { return o.Form == "of" }) {
			return i + 1
		}
	}
	return n.First
}

// head gives the word of an entity that hangs on none of the others.
func (s *sentence) head(e treebank.Entity) int {
	for i := e.First; i < e.Last; i++ {
		if h := s.Words[i].Head; h < e.First || h >= e.Last {
			return i
		}
	}
	return e.First
}

var types = map[string]language.NameType{"person": language.PersonName, "organization": language.OrganizationName, "place": language.PlaceName}

// name gives the name that an entity is, if it is one.
func (s *sentence) name(e treebank.Entity) (Name, bool) {
	if e.Type == "time" {
		return s.time(e)
	}
	h := s.head(e)
	kind := types[e.Type]
	if s.joined(e, h) {
		return Name{}, false
	}
	if s.Words[h].UPOS != "PROPN" {
		if kind == language.PersonName {
			return s.introduced(e, h)
		}
		return Name{}, false
	}
	n := Name{h, h + 1, kind, true}
	for n.First > e.First && s.before(n.First-1, e) {
		n.First--
	}
	for n.Last < e.Last && (s.Words[n.Last].UPOS == "PROPN" || s.within(n.Last, e)) {
		n.Last++
	}
	for kind != language.PersonName && s.extends(n.Last, e) {
		n.Last = s.reach(n.Last, e)
	}
	if kind == language.PersonName {
		n.First = s.behindTitles(s.behindOffice(n), n.Last)
		if s.Words[h].XPOS == "NNPS" && h == n.First { // "Democrats"
			n.Type = language.NoName
		}
	}
	for n.First < n.Last && !s.capital(n.First) && s.Words[n.First].UPOS != "PROPN" {
		n.First++
	}
	if kind == language.OrganizationName && s.state(n) {
		n.Type = language.PlaceName
	}
	if n.Last-n.First == 1 && s.demonym(n.First) {
		n.Type = language.NationalityName
	}
	return n, n.First < n.Last
}

// joined says whether an entity is a list of several: another entity begins behind "and".
func (s *sentence) joined(e treebank.Entity, h int) bool {
	for i := h + 1; i < e.Last; i++ {
		if s.Words[i].Head == h && s.Words[i].Rel == "conj" {
			for _, o := range s.entities {
				if o != e && o.First <= i && i < o.Last && o.First > h && o.Last <= e.Last {
					return true
				}
			}
		}
	}
	return false
}

// introduced gives the name behind a noun: "the physician Ada Reen".
func (s *sentence) introduced(e treebank.Entity, h int) (Name, bool) {
	end := h + 1
	for end < e.Last && s.Words[end].UPOS == "PROPN" {
		end++
	}
	return Name{h + 1, end, language.PersonName, true}, end > h+1 && s.capital(h+1)
}

// before says whether a word belongs to the name that begins behind it.
func (s *sentence) before(i int, e treebank.Entity) bool {
	switch s.Words[i].UPOS {
	case "ADP":
		return i > e.First && s.Words[i-1].UPOS == "PROPN" && s.capital(i+1) && s.Words[i].Form != "to"
	case "DET", "PRON", "AUX", "SCONJ", "CCONJ":
		return false
	}
	if s.Words[i].Form == "'s" || s.Words[i].Form == "’s" {
		return !s.ends(i, e) && !s.ends(i+1, e)
	}
	if s.Words[i].Form == "-" || s.Words[i].Form == "&" {
		return i > e.First && s.capital(i-1)
	}
	return s.capital(i) || s.Words[i].UPOS == "PROPN"
}

// ends says whether a smaller entity ends before a word.
func (s *sentence) ends(i int, e treebank.Entity) bool {
	return slices.ContainsFunc(s.entities, func(o treebank.Entity) bool { return o != e && o.First >= e.First && o.Last == i })
}

// within says whether a word binds two capitals of one name.
func (s *sentence) within(i int, e treebank.Entity) bool {
	switch s.Words[i].Form {
	case "-", "–", "&", "'s", "’s", "/":
		return i+1 < e.Last && s.capital(i+1) && !(s.Words[i].UPOS == "PART" && s.ends(i+1, e))
	}
	return s.Words[i].UPOS == "NUM" && s.Words[i].Rel != "appos" && s.Words[i].Head < i && s.Words[i].Head >= e.First ||
		s.capital(i) && s.Words[i].UPOS == "NOUN" && strings.HasPrefix(s.Words[i].Rel, "flat")
}

// extends says whether "of" and what follows belong to the name before: "University of
// Tal".
func (s *sentence) extends(i int, e treebank.Entity) bool { return s.reach(i, e) > i }

func (s *sentence) reach(i int, e treebank.Entity) int {
	if i >= e.Last {
		return i
	}
	switch s.lower(i) {
	case "of", "for", "de", "la", "del":
	case "and", "on":
		if s.ends(i, e) {
			return i
		}
	default:
		return i
	}
	at := i + 1
	if at < e.Last && s.lower(at) == "the" {
		at++
	}
	from := at
	for at < e.Last && s.capital(at) {
		at++
	}
	if at == from {
		return i
	}
	return at
}
