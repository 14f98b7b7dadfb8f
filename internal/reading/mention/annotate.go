package mention

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the layer of mentions.
type Annotator struct{}

// Annotate fills Document.Mentions, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	r := &reader{Document: d, surnames: map[string]events.Actor{}, roles: map[string]events.Actor{}}
	for s := range d.Sentences {
		r.sentence(&d.Sentences[s])
		if d.Cancelled() {
			return
		}
	}
}

// reader remembers who was named so far.
type reader struct {
	*language.Document
	surnames map[string]events.Actor // persons by the last word of the name
	roles    map[string]events.Actor // persons and bodies by party and head noun
	before   subjects                // of the sentences before
	now      subjects                // of this sentence so far
}

// subjects are the first person, the first body and the first group of a sentence that
// are named outside of quotations: those that a pronoun most often stands for.
type subjects struct{ person, thing, several events.Actor }

// maxPhrase is how many tokens one mention may have.
const maxPhrase = 16

func (r *reader) sentence(s *language.Sentence) {
	if r.now.person.Name != "" {
		r.before.person = r.now.person
	}
	if r.now.thing.Name != "" {
		r.before.thing = r.now.thing
	}
	if r.now.several.Name != "" {
		r.before.several = r.now.several
	}
	r.now = subjects{}
	for i := s.First; i < s.Last; {
		i = r.step(i, s)
	}
}

// step reads the mention that begins at a token, if one does, and gives where to go on.
func (r *reader) step(i int, s *language.Sentence) int {
	t := &r.Tokens[i]
	if t.Kind != language.Word {
		return i + 1
	}
	if people[t.Lower] || things[t.Lower] || plural[t.Lower] || t.Lower == "we" || t.Lower == "i" && t.Capital {
		r.add(language.Mention{Range: t.Range, Actor: r.pronoun(t), Pronoun: true})
		return i + 1
	}
	p := r.phrase(i, s.Last)
	if p.end == i {
		return i + 1
	}
	m, ok := r.resolve(p)
	if !ok {
		return i + 1
	}
	m.Range = language.Range{Start: r.Tokens[p.start].Start, End: r.Tokens[m.last-1].End}
	m.Possessive = m.last < len(r.Tokens) && possessive(r.Tokens[m.last].Lower)
	r.add(m.Mention)
	r.remember(m)
	return m.last
}

func (r *reader) add(m language.Mention) { r.Mentions = append(r.Mentions, m) }

func possessive(s string) bool { return s == "'s" || s == "’s" }

// pronoun gives who a pronoun stands for: inside a quotation nobody can tell.
func (r *reader) pronoun(t *language.Token) events.Actor {
	if r.QuotationAt(t.Start) != nil {
		return events.Actor{}
	}
	pick := func(now, before events.Actor) events.Actor {
		if now.Name != "" {
			return now
		}
		return before
	}
	switch {
	case people[t.Lower]:
		return pick(r.now.person, r.before.person)
	case things[t.Lower]:
		return pick(r.now.thing, r.before.thing)
	case plural[t.Lower]:
		return pick(r.now.several, r.before.several)
	}
	return events.Actor{}
}

// remember keeps who was named, for the pronouns and short names that follow.
func (r *reader) remember(m found) {
	a := m.Actor
	if a.Name == "" {
		return
	}
	if a.Type == events.ActorPerson {
		r.surnames[lastWord(a.Name)] = a
	}
	if m.head != "" && a.Party != nil {
		r.roles[a.Party.ID+" "+m.head] = a
		r.roles[m.head] = a
	}
	if r.QuotationAt(m.Start) != nil || m.Possessive || m.adjective {
		return
	}
	first := func(into *events.Actor) {
		if into.Name == "" {
			*into = a
		}
	}
	switch a.Type {
	case events.ActorPerson:
		first(&r.now.person)
	case events.ActorUnnamedGroup:
		first(&r.now.several)
	default:
		first(&r.now.thing)
	}
}
