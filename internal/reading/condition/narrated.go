package condition

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// reach is how many tokens a subject may stand before its verb, far before a
// conjunction that follows a whole clause.
const (
	reach    = 6
	farReach = 25
)

// narrated looks for one condition that the article tells in its own words, with somebody
// named who sets it: "he set out conditions", "Keth demanded a withdrawal", "Ostreya will
// not talk until the road is open".
func (f *finder) narrated(s int) {
	sentence := &f.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		if f.QuotationAt(f.Tokens[i].Start) != nil {
			continue
		}
		if f.announced(s, i) || !f.taken[s] && (f.demanded(s, i) || f.withstands(s, i)) {
			return
		}
	}
}

// announced reads "he set out a number of conditions", which tells that there are some.
func (f *finder) announced(s, i int) bool {
	sentence := &f.Sentences[s]
	if !announcing[f.Tokens[i].Lower] {
		return false
	}
	last := f.follows(i+1, min(i+10, sentence.Last), terms)
	m := f.Subject(i, sentence, reach)
	if last == 0 || m == nil || m.Actor.Name == "" {
		return false
	}
	for last+1 < sentence.Last && f.Tokens[last+1].Kind == language.Word && last-i < 12 {
		last++
	}
	f.set(s, m, i, last+1, simple(events.AnnouncedUnspecified, ruleAnnounced, sureAnnounced, 1))
	return true
}

// demanded reads "Keth demanded ..." and "Keth insisted that ... must ...".
func (f *finder) demanded(s, i int) bool {
	sentence := &f.Sentences[s]
	end := f.clauseEnd(i+1, sentence.Last)
	word := f.Tokens[i].Lower
	if !demanding[word] && !(insisting[word] && f.follows(i+1, end, duty) > 0) {
		return false
	}
	m := f.Subject(i, sentence, reach)
	if m == nil || m.Actor.Name == "" || end-i < 3 || f.follows(f.TokenAt(m.End), i, negations) > 0 {
		return false
	}
	if word == "demands" && i-f.TokenAt(m.End) > 1 {
		return false // "a list of demands"
	}
	f.set(s, m, i, end, simple(events.RequirementCondition, ruleDemand, sureDemand, 1))
	return true
}

// withstands reads "Ostreya will not talk until ..." where nobody is said to say so.
func (f *finder) withstands(s, i int) bool {
	sentence := &f.Sentences[s]
	x, ok := f.strict(clause{i, sentence.First, sentence.Last})
	if !ok || x.kind == events.ConditionalCommitment {
		return false
	}
	m := f.Subject(i, sentence, farReach)
	if m == nil || m.Actor.Name == "" {
		return false
	}
	x.rule, x.sure = ruleNarrated, sureNarrated
	f.set(s, m, i, f.clauseEnd(i+x.cue, sentence.Last), x)
	return true
}

// set keeps a condition that the narrator tells of somebody, up to a token.
func (f *finder) set(s int, m *language.Mention, cue, end int, x structure) {
	c := events.Condition{Setter: f.Actor(m)}
	from := f.TokenAt(m.Start)
	f.fill(&c, x, cue, from, end)
	f.keep(c, s, language.Range{Start: m.Start, End: f.Tokens[end-1].End}, f.cue(cue, x.cue), x)
}

// longest is the most tokens that a narrated condition has behind its cue.
const longest = 60

// clauseEnd gives the token at which the sentence, or a part of it, ends.
func (f *finder) clauseEnd(from, last int) int {
	last = min(last, from+longest)
	for i := from; i < last; i++ {
		switch f.Tokens[i].Lower {
		case ".", ";", ":", "?", "!", "–", "—":
			return i
		}
	}
	return last
}
