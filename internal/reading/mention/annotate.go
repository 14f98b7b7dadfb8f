package mention

import (
	"strings"

	"readout/internal/language"
	"readout/internal/reading/mention/rank"
	"readout/pkg/events"
)

// Annotator writes the layer of mentions.
type Annotator struct {
	// Actors is the table of parties and office-holders; nil is that of the program.
	Actors *Table
	// Chooser says whom pronouns stand for; nil is the trained model.
	Chooser Chooser
}

// Annotate fills Document.Mentions, in the order of the text.
func (a Annotator) Annotate(d *language.Document) {
	r := &reader{Document: d, table: a.Actors, surnames: map[string]events.Actor{}, given: map[string]events.Actor{},
		roles: map[string]events.Actor{}, capital: map[string]bool{}, written: map[string]bool{}, spelt: map[string]bool{},
		parties: map[string]bool{}, genders: map[string]gender{}, chooser: a.Chooser, taught: a.Chooser != nil,
		stage: stage{byName: map[string]int{}, answers: map[int]int{}, met: map[int]bool{}}}
	if r.chooser == nil {
		r.chooser = ranking()
	}
	if r.table == nil {
		r.table = Builtin()
	}
	if !d.Published.IsZero() {
		r.day = d.Published.UTC().Format("2006-01-02")
	}
	r.survey()
	r.count()
	for s := range d.Sentences {
		r.at = s
		r.sentence(&d.Sentences[s])
		if d.Cancelled() {
			return
		}
	}
}

// reader remembers who was named so far.
type reader struct {
	*language.Document
	table *Table
	// day is when the article was brought out, empty where it is not known.
	day      string
	surnames map[string]events.Actor // persons by the last word of the name
	given    map[string]events.Actor // persons by the first: "Sir Keir"
	roles    map[string]events.Actor // persons and bodies by party and head noun
	genders  map[string]gender       // of persons by name
	stage
	at      int // the sentence that is read
	chooser Chooser
	taught  bool // somebody else chooses
	// capital are the words that the text writes with a capital inside a sentence, written
	// those that it writes in lower case.
	capital, written map[string]bool
	// spelt are all words with a capital wherever they stand, folded; parties are those
	// that the text names.
	spelt, parties map[string]bool
}

// maxPhrase is how many tokens one mention may have.
const maxPhrase = 16

// survey notes how words are written, by which a name at the start of a sentence is told
// from any other word there.
func (r *reader) survey() {
	for s := range r.Sentences {
		sentence := &r.Sentences[s]
		headline := r.Paragraphs[sentence.Paragraph].Zone == events.ZoneHeadline
		for i := sentence.First; i < sentence.Last; i++ {
			t := &r.Tokens[i]
			if t.Capital {
				r.spelt[fold(r.Words(t.Range))] = true
				if e, end := r.lookup(i, sentence.Last); end > i && e.person == nil {
					r.parties[e.party.ID] = true
				}
			}
			switch {
			case t.Kind != language.Word:
			case !t.Capital:
				r.written[t.Lower] = true
			case !headline && i > sentence.First && r.Tokens[i-1].Kind == language.Word:
				r.capital[t.Lower] = true
			}
		}
	}
}

func (r *reader) sentence(s *language.Sentence) {
	for i := s.First; i < s.Last; {
		i = r.step(i, s)
	}
}

// step reads the mention that begins at a token, if one does, and gives where to go on.
func (r *reader) step(i int, s *language.Sentence) int {
	t := &r.Tokens[i]
	if t.Kind != language.Word {
		r.pass(i)
		return i + 1
	}
	if persons[t.Lower] || things[t.Lower] || several[t.Lower] || speakers[t.Lower] && (t.Lower != "i" || t.Capital) {
		m := language.Mention{Range: t.Range, Actor: r.pronoun(i), Pronoun: true}
		r.Mentions = append(r.Mentions, m)
		return i + 1
	}
	p := r.phrase(i, s.Last)
	if p.end == i {
		r.pass(i)
		return i + 1
	}
	m, ok := r.resolve(p, s)
	if !ok {
		r.pass(i)
		return i + 1
	}
	m.Range = language.Range{Start: r.Tokens[p.start].Start, End: r.Tokens[m.last-1].End}
	m.Possessive = m.last < len(r.Tokens) && possessive(r.Tokens[m.last].Lower)
	m.Governed = p.start > s.First && prepositions[r.Tokens[p.start-1].Lower]
	r.apposed(&m, s)
	r.Mentions = append(r.Mentions, m.Mention)
	r.remember(m)
	r.cover(p.start, m.last, m.Actor)
	return m.last
}

func possessive(s string) bool { return s == "'s" || s == "’s" }

// pronoun gives who a pronoun stands for: inside a quotation nobody can tell.
func (r *reader) pronoun(token int) events.Actor {
	if rank.ClassOf(r.Document, token) == rank.NoClass {
		return events.Actor{}
	}
	a := r.taken(token)
	if r.QuotationAt(r.Tokens[token].Start) != nil {
		return events.Actor{}
	}
	return a
}

// remember keeps who was named, for the pronouns and short names that follow.
func (r *reader) remember(m found) {
	a := m.Actor
	if a.Name == "" {
		return
	}
	if a.Type == events.ActorPerson {
		r.learn(a.Name, r.TokenAt(m.Start), m.last)
	}
	if a.Type == events.ActorPerson && strings.Contains(a.Name, " ") {
		r.surnames[lastWord(a.Name)] = a
		r.given[firstWord(a.Name)] = a
	}
	head := m.head
	if role := strings.ToLower(lastWord(a.Role)); head == "" && a.Type == events.ActorPerson && offices[role] && !strings.HasPrefix(a.Role, "former ") {
		head = role // named again, he is again "the president" that is meant
	}
	if head != "" && a.Party != nil {
		r.roles[a.Party.ID+" "+head] = a
		r.roles[head] = a
	}
}
