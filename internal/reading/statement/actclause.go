package statement

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// clauseActs gives what a main clause does. Each case names the kind of sentence that it is
// for; who is speaking, what helping verbs say and whether it is negated come first, and a
// list of verbs last.
func (r *reader) clauseActs(t *telling, c *predicate) (out acts) {
	if c.asked {
		return set(events.ActQuestion)
	}
	verb := r.Tokens[c.core].Lemma
	switch {
	case r.options(c):
		return set(events.ActThreat, events.ActCondition)
	case c.self:
		out = r.ownActs(c, verb)
	case c.subject < 0 && r.commanded(t, c):
		out = set(events.ActDemand)
	default:
		out = r.othersActs(c, verb)
	}
	if c.bound != "" && r.binds(c, out) {
		out |= set(events.ActCondition)
	}
	if out == 0 || out == set(events.ActPrediction) {
		out |= r.judgement(c)
	}
	return out
}

// binds says whether an "if" that hangs on a clause sets a condition: what depends on it
// is what the speaker, or somebody he makes demands of, will do. Behind "if" alone what
// may happen by itself sets none.
func (r *reader) binds(c *predicate, found acts) bool {
	if c.bound != "if" {
		return true
	}
	return c.self && c.mood != plain || found&set(events.ActThreat, events.ActDemand, events.ActPromise, events.ActOffer, events.ActRejection, events.ActAcceptance) != 0
}

// ownActs gives what somebody does by a clause about himself.
func (r *reader) ownActs(c *predicate, verb string) acts {
	acting := c.mood == future || c.mood == readiness
	switch {
	case c.negated && c.mood == future && (hostile[verb] || resting[verb]):
		return set(events.ActPromise) // "We will not attack", "We will not rest"
	case c.negated && (c.mood == future || c.mood == readiness || c.mood == possibility) && r.deed(c, verb):
		return set(events.ActRejection) // "We will never accept"
	case c.negated && (yielding[verb] || accepting[verb]):
		return set(events.ActRejection) // "We do not recognise"
	case c.negated && c.mood == plain && !mental[verb] && !mental[r.Tokens[c.head].Lemma] && r.deniable(c):
		return set(events.ActDenial) // "We did not fire"
	case c.negated:
		return 0
	case acting && (hostile[verb] || answering[verb] && r.holdsLemma(c.words, harsh)):
		return set(events.ActThreat) // "We will strike back"
	case c.mood == readiness && r.deed(c, verb):
		return set(events.ActOffer) // "We are ready to talk"
	case c.mood == future && r.deed(c, verb):
		return set(events.ActPromise) // "We will keep the road open"
	case c.mood == wish && c.core != c.head:
		return set(events.ActHope)
	case c.mood == future && (verb == "like" || verb == "love") && r.Child(c.core, language.RelXcomp, language.RelCcomp) < 0:
		return set(events.ActHope)
	case erring[verb] || r.holdsLemma(stretch{c.head, c.head + 1}, erring):
		return set(events.ActAdmission) // "We made a mistake"
	case c.mood == plain || c.mood == future:
		return r.performed(c)
	}
	return 0
}

// performed gives the act that a verb names, said of oneself: "We reject", "I hope".
func (r *reader) performed(c *predicate) acts {
	way := thingFrame
	switch {
	case r.Child(c.head, language.RelXcomp) >= 0:
		way = toFrame
	case r.Child(c.head, language.RelCcomp) >= 0:
		way = thatFrame
	}
	act, ok := r.frame(c.head, r.Tokens[c.head].Lemma, way)
	if !ok || act == events.ActClaim || act == events.ActAnnouncement {
		return 0
	}
	return set(act)
}

// othersActs gives what somebody does by a clause about others, or about things.
func (r *reader) othersActs(c *predicate, verb string) acts {
	switch {
	case c.mood == duty && !r.perfect(c):
		return set(events.ActDemand) // "Keth must withdraw"
	case c.mood == future && suffering[verb] && r.holdsLemma(c.words, ills):
		return set(events.ActThreat) // "They will pay the price"
	case c.negated && r.existence(c):
		return set(events.ActDenial) // "There was no attack"
	case c.negated && (c.mood == plain) && happening[verb]:
		return set(events.ActDenial) // "It never happened"
	case !c.negated && c.mood != plain && r.holdsLemma(c.words, disasters):
		return set(events.ActWarning) // "It would be a massacre"
	case c.other && !c.negated && (wronging[verb] || wronging[r.Tokens[c.head].Lemma]):
		return set(events.ActAccusation) // "Keth is lying"
	case c.other && c.negated && sincere[verb]:
		return set(events.ActAccusation) // "Keth is not serious"
	case c.mood == future && !c.negated && (becoming[verb] || r.holdsLemma(c.words, likely)):
		return set(events.ActPrediction) // "The war will end"
	case r.holdsLemma(c.words, chances) && !c.negated:
		return set(events.ActPrediction)
	}
	return 0
}

// judgement gives what is ascribed to somebody or something by a form of "be".
func (r *reader) judgement(c *predicate) acts {
	if r.Child(c.core, language.RelCop) < 0 {
		return 0
	}
	first, last := r.Subtree(c.core)
	near := stretch{max(first, c.core-judgement, c.words.from), min(last, c.core+2, c.words.to)}
	if c.subject >= 0 && c.subject < c.core {
		near.from = max(near.from, c.subject+1)
	}
	found := r.judged(near)
	if !c.negated {
		if found.has(events.ActAccusation) && c.self {
			return 0
		}
		return found
	}
	switch {
	case r.holdsLemma(near, truths):
		return set(events.ActDenial) // "It is not true"
	case found.has(events.ActPraise):
		return set(events.ActCriticism) // "It is not fair"
	}
	return 0
}

// options reads "There are two options: surrender or die".
func (r *reader) options(c *predicate) bool {
	if !choices[r.Tokens[c.core].Lemma] && !(c.subject >= 0 && choices[r.Tokens[c.subject].Lemma]) {
		return false
	}
	for i := c.words.from; i < c.words.to; i++ {
		if r.Tokens[i].Lower == "or" || r.Tokens[i].Lower == "either" {
			return true
		}
	}
	return false
}

// commanded says whether a clause without a subject is an order: "Stop the war".
func (r *reader) commanded(t *telling, c *predicate) bool {
	x := &r.Tokens[c.head]
	if !r.quotedAt(c.head) || x.XPOS != language.TagVB || c.mood != plain || mental[x.Lemma] || x.Lemma == "let" || x.Lemma == "thank" {
		return false
	}
	for i := r.Sentences[r.SentenceOf(c.head)].First; i < c.head; i++ {
		if u := r.Tokens[i].UPOS; u != language.PUNCT && u != language.ADV && u != language.INTJ && u != language.PART && r.Tokens[i].Lower != "do" && t.holds(i) {
			return false
		}
	}
	return r.Child(c.head, language.RelMark) < 0
}

// deed says whether a predicate is something that one does, not what one is.
func (r *reader) deed(c *predicate, verb string) bool {
	return r.Tokens[c.core].UPOS == language.VERB && !static[verb] && r.Child(c.core, language.RelNsubjPass) < 0
}

// deniable says whether what is negated is a deed or a fact that may have been claimed:
// "had no choice" denies nothing.
func (r *reader) deniable(c *predicate) bool { return !r.holdsLemma(c.words, idle) }

// existence says whether a clause is about there being something: "there was no attack",
// "none of the houses".
func (r *reader) existence(c *predicate) bool {
	if r.holdsLemma(c.words, idle) {
		return false
	}
	return c.subject >= 0 && r.Tokens[c.subject].Rel == language.RelExpl && r.Tokens[c.subject].Lower == "there" ||
		r.Child(c.head, language.RelExpl) >= 0 && r.Tokens[r.Child(c.head, language.RelExpl)].Lower == "there"
}

// perfect says whether a helping verb puts a clause into the past: "must have been" guesses.
func (r *reader) perfect(c *predicate) bool {
	for x := range r.Children(c.core) {
		if r.Tokens[x].Rel.Base() == language.RelAux && r.Tokens[x].Lemma == "have" {
			return true
		}
	}
	return false
}
