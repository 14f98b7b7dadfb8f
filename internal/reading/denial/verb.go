package denial

import (
	"readout/internal/language"
	"readout/pkg/events"
)

const (
	// subjectReach is how many tokens may lie between who denies and the verb.
	subjectReach = 12
	// objectReach is the most tokens of what is denied.
	objectReach = 60
)

// verbs finds "Keth denied ..." in the narrator's words.
func (f *finder) verbs(s int) {
	sentence := &f.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		verb, behind := f.verbAt(i, sentence.Last)
		if verb == "" || f.QuotationAt(f.Tokens[i].Start) != nil || f.undone(i, sentence.First) {
			continue
		}
		m := f.Subject(i, sentence, subjectReach)
		end := f.clauseEnd(behind, sentence.Last)
		if m == nil || end <= behind || !f.denies(verb, behind, end) {
			continue
		}
		object := language.Range{Start: f.Tokens[behind].Start, End: f.Tokens[end-1].End}
		span := f.Span(object)
		den := events.Denial{Denier: f.Actor(m), Denied: span.Text, DeniedSpan: &span, Strength: "categorical"}
		den.Type = f.typeOf(verbs[verb], behind, end)
		cue := language.Range{Start: f.Tokens[i].Start, End: f.Tokens[behind-1].End}
		f.keep(den, s, language.Range{Start: m.Start, End: object.End}, cue, ruleVerb, sureVerb)
		f.denied[s] = true
		i = end - 1
	}
}

// verbAt gives the verb of denying that begins at a token, and the token behind it.
func (f *finder) verbAt(i, last int) (string, int) {
	if i+1 < last {
		if two := f.Tokens[i].Lower + "_" + f.Tokens[i+1].Lower; verbs[two] != "" {
			return two, i + 2
		}
	}
	if one := f.Tokens[i].Lower; verbs[one] != "" {
		return one, i + 1
	}
	return "", i
}

// undone says whether the words before a verb take its force: "could not deny", "was
// rejected", "preparing a rejection".
func (f *finder) undone(i, first int) bool {
	for k := max(first, i-2); k < i; k++ {
		if undone[f.Tokens[k].Lower] {
			return true
		}
	}
	return false
}

// clauseEnd gives the token at which a clause ends: at a comma, a stop, or a conjunction.
func (f *finder) clauseEnd(from, last int) int {
	last = min(last, from+objectReach)
	for i := from; i < last; i++ {
		if first, _ := f.Compound(i); ends[f.Tokens[i].Lower] && first == i {
			return i // a hyphen within "far-reaching" ends nothing
		}
		if verb, _ := f.verbAt(i, last); verb != "" && i > from && f.Tokens[i-1].Lower == "and" {
			return i - 1 // "rejected the truce and refused to come"
		}
	}
	return last
}

// denies says whether the object of a verb makes it a denial: "denied him entry",
// "dismissed the minister", "declined to comment" and "rejected goods" are none.
func (f *finder) denies(verb string, from, to int) bool {
	near := min(to, from+5)
	if f.has(permits, from, near) {
		return false
	}
	if verbs[verb] == events.Refusal && f.Tokens[from].Lower == "to" && f.has(evasive, from+1, min(to, from+3)) {
		return false
	}
	return !named[verb] || f.has(claims, from, to) || f.has(proposals, from, to) || f.has(terms, from, to)
}

// has says whether some tokens hold a word of a list.
func (f *finder) has(list map[string]bool, from, to int) bool {
	for i := from; i < to; i++ {
		if list[f.Tokens[i].Lower] {
			return true
		}
	}
	return false
}

// typeOf refines the type of a denial by its object.
func (f *finder) typeOf(kind events.DenialType, from, to int) events.DenialType {
	for i := from; i < to; i++ {
		switch w := f.Tokens[i].Lower; {
		case w == "responsibility" || w == "involvement":
			return events.DenialOfResponsibility
		case kind == events.RejectionOfProposal && claims[w]:
			return events.DenialOfFact
		case kind == events.RejectionOfProposal && terms[w]:
			return events.RejectionOfConditions
		}
	}
	return kind
}
