package statement

import (
	"sort"

	"readout/internal/language"
	"readout/pkg/events"
)

// predicate is a main clause of what was said, as far as its act can be told by it.
type predicate struct {
	// head is the token of its predicate, core that of the verb which helping verbs lead
	// to: "has" and "leave" in "has to leave".
	head, core int
	// subject is the token of its subject, -1 for none.
	subject int
	self    bool // the subject is who speaks
	other   bool // the subject is known to be somebody else
	negated bool
	// mood is what its helping verbs make of it.
	mood mood
	// bound is the conjunction of a condition that hangs on it: "if", "unless".
	bound string
	// asked is true in a sentence that ends in a question mark.
	asked bool
	// words are the tokens of the clause that are looked at.
	words stretch
}

// mood is what helping verbs make of a clause.
type mood uint8

const (
	plain mood = iota
	future
	duty
	possibility
	readiness
	wish
)

const (
	// climbs is how many heads up a main clause may hang on another.
	climbs = 6
	// wide is how many tokens on each side of a predicate are looked at for words that
	// colour it.
	wide = 40
)

// read fills the main clauses of a statement.
func (r *reader) read(t *telling) {
	for _, p := range t.parts {
		for i := p.from; i < p.to; i++ {
			if r.predicates(i) && r.main(i, p) {
				t.clauses = append(t.clauses, r.predicate(t, i, p))
			}
		}
	}
}

// predicates says whether a token is a verb, or what a form of "be" ascribes.
func (r *reader) predicates(i int) bool {
	switch r.Tokens[i].UPOS {
	case language.NoUPOS, language.PUNCT:
		return false
	case language.VERB:
		return r.Tokens[i].Rel != language.RelAmod
	case language.AUX:
		return r.Tokens[i].Rel.Base() != language.RelAux && r.Tokens[i].Rel != language.RelCop
	}
	return r.Child(i, language.RelCop) >= 0
}

// main says whether a predicate makes a main clause of a part: it depends on nothing there,
// or stands beside another that does so, or is what somebody in it is sure of.
func (r *reader) main(i int, p stretch) bool {
	for range climbs {
		h := r.Tokens[i].Head
		if h < 0 || !p.holds(h) {
			return true
		}
		switch r.Tokens[i].Rel.Base() {
		case language.RelConj, language.RelParataxis, language.RelRoot:
		case language.RelCcomp:
			if !opinion[r.Tokens[h].Lemma] {
				return false
			}
		default:
			return false
		}
		i = h
	}
	return false
}

func (r *reader) predicate(t *telling, i int, p stretch) predicate {
	c := predicate{head: i, core: i, subject: r.subjectOf(i, p)}
	first, last := r.Subtree(i)
	c.words = stretch{max(first, i-wide, p.from), min(last, i+wide, p.to)}
	c.mood = r.mood(i, p)
	for range climbs {
		x := r.Child(c.core, language.RelXcomp)
		if x < 0 || !p.holds(x) || !leading[r.Tokens[c.core].Lemma] {
			break
		}
		c.mood = max(c.mood, r.led(c.core, x))
		c.core = x
	}
	c.negated = r.negates(i, p) || c.core != i && r.negates(c.core, p)
	if c.subject >= 0 {
		c.negated = c.negated || r.Tokens[c.subject].Head == i && r.naught(c.subject)
		c.self = r.isSelf(&t.st, c.subject)
		c.other = !c.self && r.isOther(&t.st, c.subject)
	}
	c.bound = r.bound(i, p)
	c.asked = r.askedAt(i, p)
	return c
}

// subjectOf gives the subject of a predicate: its own, or that of the one beside which it
// stands, or of the one that it is the object of.
func (r *reader) subjectOf(i int, p stretch) int {
	for range climbs {
		if s := r.Child(i, language.RelNsubj, language.RelNsubjPass, language.RelNsubjOuter, language.RelCsubj, language.RelExpl); s >= 0 {
			return s
		}
		h := r.Tokens[i].Head
		if rel := r.Tokens[i].Rel.Base(); h < 0 || !p.holds(h) || rel != language.RelConj && rel != language.RelXcomp {
			return -1
		}
		i = h
	}
	return -1
}

// mood gives what the helping verbs of a predicate make of it; a verb beside another that
// has the subject shares its helping verbs.
func (r *reader) mood(i int, p stretch) mood {
	for range climbs {
		found := plain
		for c := range r.Children(i) {
			if rel := r.Tokens[c].Rel.Base(); rel == language.RelAux {
				found = max(found, moods(r.Tokens[c].Lower))
			}
		}
		if found != plain {
			return found
		}
		h := r.Tokens[i].Head
		if h < 0 || !p.holds(h) || r.Tokens[i].Rel.Base() != language.RelConj || r.Child(i, language.RelNsubj, language.RelNsubjPass, language.RelAux) >= 0 {
			return plain
		}
		i = h
	}
	return plain
}

func moods(helper string) mood {
	switch {
	case futures[helper]:
		return future
	case duties[helper]:
		return duty
	case possibles[helper]:
		return possibility
	}
	return plain
}

// led gives the mood of a verb that leads to another: "has to", "going to", "ready to".
func (r *reader) led(verb, to int) mood {
	switch word := r.Tokens[verb].Lemma; {
	case obliging[word]:
		return duty
	case word == "go" && r.Tokens[verb].Lower == "going":
		return future
	case ready[word]:
		return readiness
	case wishing[word]:
		return wish
	}
	return plain
}

// negates says whether a predicate is negated: by a word beside it, or by an object that
// is none.
func (r *reader) negates(i int, p stretch) bool {
	for c := range r.Children(i) {
		switch r.Tokens[c].Rel.Base() {
		case language.RelAdvmod, language.RelDet, language.RelCc, language.RelCcPreconj, language.RelAux:
			if negations[r.Tokens[c].Lower] && p.holds(c) {
				return true
			}
		case language.RelObj:
			if r.naught(c) {
				return true
			}
		}
	}
	return i > 0 && r.Tokens[i].UPOS != language.VERB && r.naught(i)
}

// naught says whether a noun is none: "no soldier", "nobody".
func (r *reader) naught(i int) bool {
	if negations[r.Tokens[i].Lower] {
		return true
	}
	d := r.Child(i, language.RelDet)
	return d >= 0 && negations[r.Tokens[d].Lower]
}

// bound gives the conjunction of a condition that hangs on a predicate.
func (r *reader) bound(i int, p stretch) string {
	for c := range r.Children(i) {
		if r.Tokens[c].Rel.Base() != language.RelAdvcl || !p.holds(c) {
			continue
		}
		if m := r.Child(c, language.RelMark); m >= 0 && conditional[r.Tokens[m].Lower] {
			return r.Tokens[m].Lower
		}
	}
	return ""
}

// askedAt says whether the sentence of a token ends, within a part, in a question mark.
func (r *reader) askedAt(i int, p stretch) bool {
	s := &r.Sentences[r.SentenceOf(i)]
	for k := min(s.Last, p.to) - 1; k > i && k > s.Last-closing; k-- {
		if r.Tokens[k].Lower == "?" {
			return true
		}
		if r.Tokens[k].Kind != language.Mark {
			return false
		}
	}
	return false
}

// closing is how many marks may close a sentence.
const closing = 6

// isSelf says whether a subject is who speaks: "we", or words for the speaker or his party.
func (r *reader) isSelf(st *events.Statement, i int) bool {
	if selves[r.Tokens[i].Lower] {
		return true
	}
	m := r.mentionAt(i)
	if m == nil || m.Actor.Name == "" || m.Possessive {
		owner := r.Child(i, language.RelNmodPoss)
		return owner >= 0 && owning[r.Tokens[owner].Lower] // "our army"
	}
	return m.Actor.Name == st.Speaker.Name || oneParty(&m.Actor, &st.Speaker)
}

// isOther says whether a subject is somebody else: "you", or a name of another party.
func (r *reader) isOther(st *events.Statement, i int) bool {
	if others[r.Tokens[i].Lower] && r.quotedAt(i) {
		return true
	}
	m := r.mentionAt(i)
	if m == nil || m.Actor.Name == "" || st.Speaker.Name == "" {
		return false
	}
	return m.Actor.Name != st.Speaker.Name && !oneParty(&m.Actor, &st.Speaker)
}

func oneParty(a, b *events.Actor) bool {
	return a.Party != nil && b.Party != nil && a.Party.ID == b.Party.ID && a.Party.ID != events.UnknownParty
}

// mentionAt gives the mention that holds a token, nil for none.
func (r *reader) mentionAt(i int) *language.Mention {
	t := r.Tokens[i].Range
	k := sort.Search(len(r.Mentions), func(k int) bool { return r.Mentions[k].Start > t.Start }) - 1
	if k < 0 || !r.Mentions[k].Contains(t) {
		return nil
	}
	return &r.Mentions[k]
}
