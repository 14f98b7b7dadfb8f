package statement

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// sides fills to whom a statement was said and of whom, from the object of its cue: "told
// reporters", "accused Keth of". Of whom an accusation in plain words speaks is the
// subject of the clause that makes it one.
func (r *reader) sides(t *telling) {
	for i := t.from; i < t.to; i++ {
		x := &r.Tokens[i]
		switch {
		case x.UPOS != language.VERB:
		case addressing[x.Lemma]:
			t.st.Addressee = r.side(i, t)
		case x.Lemma == "call" && i+1 < len(r.Tokens) && r.Tokens[i+1].Lower == "on":
			t.st.Addressee = r.behind(i + 2)
		case blaming[x.Lemma]:
			t.st.Target = r.side(i, t)
		}
	}
	if t.st.Target != nil || t.st.Act != events.ActAccusation && t.st.Act != events.ActCriticism {
		return
	}
	for i := range t.clauses {
		c := &t.clauses[i]
		if !c.other {
			continue
		}
		if m := r.mentionAt(c.subject); m != nil && m.Actor.Name != "" {
			a := r.Actor(m)
			t.st.Target = &a
			return
		}
	}
}

// side gives who the object of a verb is: a mention, or a noun without a name such as
// "reporters". In a passive it is the subject.
func (r *reader) side(verb int, t *telling) *events.Actor {
	o := r.Child(verb, language.RelIobj)
	if o < 0 {
		o = r.Child(verb, language.RelObj)
	}
	if o < 0 {
		o = r.Child(verb, language.RelNsubjPass)
	}
	if o < 0 || r.quotedAt(o) {
		return nil
	}
	return r.actorAt(o, addressing[r.Tokens[verb].Lemma] && !t.holds(o))
}

// behind gives the mention that begins at a token, or behind a determiner there.
func (r *reader) behind(i int) *events.Actor {
	m := r.MentionIn(i, min(i+2, len(r.Tokens)))
	if m == nil || m.Possessive {
		return nil
	}
	a := r.Actor(m)
	return &a
}

// actorAt gives who a noun stands for. One without a name is given with the words that
// stand there alone, if any noun will do.
func (r *reader) actorAt(i int, any bool) *events.Actor {
	if m := r.mentionAt(i); m != nil && !m.Possessive && (m.Actor.Name != "" || m.Pronoun) {
		a := r.Actor(m)
		return &a
	}
	if !any || r.Tokens[i].UPOS != language.NOUN && r.Tokens[i].UPOS != language.PRON {
		return nil
	}
	first, last := r.Subtree(i)
	if last-first > phraseWords {
		first, last = max(first, i-2), i+1
	}
	span := r.Span(r.tokens(stretch{first, last}))
	return &events.Actor{Mention: &span}
}
