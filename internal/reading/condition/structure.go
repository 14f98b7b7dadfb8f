package condition

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// structure is a condition that begins at a token.
type structure struct {
	kind     events.ConditionType
	polarity events.Polarity
	rule     string
	sure     float64
	cue      int // how many tokens its cue has
	// splits is true where the cue parts what depends from what is required.
	splits bool
}

// clause is a place in a stretch of tokens.
type clause struct{ at, from, to int }

// word gives a token relative to the place of a clause; empty outside of it.
func (f *finder) word(c clause, k int) string {
	if c.at+k >= c.from && c.at+k < c.to {
		return f.Tokens[c.at+k].Lower
	}
	return ""
}

// structure says whether a condition is set at a token.
func (f *finder) structure(c clause) (structure, bool) {
	if x, ok := f.strict(c); ok {
		return x, true
	}
	one, two, three := f.word(c, 0), f.word(c, 1), f.word(c, 2)
	switch {
	case one == "if" && !questions[f.word(c, -1)] && !idle[two] && three != "can" && three != "could":
		return subordinate(f.ifType(c), 1, sureIf), true
	case one == "in" && (two == "exchange" || two == "return") && three == "for":
		return subordinate(events.IfThenOffer, 3, sureIf), true
	case one == "no" && conditions[two], one == "without" && conditions[two]:
		return structure{events.Unconditional, events.Negative, ruleRefused, sureUnless, 2, false}, true
	case one == "but" && two == "there" && f.follows(c.at+1, min(c.at+6, c.to), reservations) > 0:
		return simple(events.QualifiedAcceptance, ruleQualified, sureIf, 2), true
	case one == "two" && two == "options":
		return simple(events.Ultimatum, ruleOptions, sureUnless, 2), true
	case depending[one] && (two == "on" || two == "upon"):
		return structure{events.Necessity, events.Positive, ruleDepends, sureIf, 2, true}, true
	case one == "must" && two != "not" && f.word(c, -1) != "a", one == "should" && two == "lead":
		return simple(events.RequirementCondition, ruleModal, sureModal, 1), true
	}
	return structure{}, false
}

// strict says whether one of the conjunctions stands at a token that mean a condition
// whoever uses them, the narrator too.
func (f *finder) strict(c clause) (structure, bool) {
	one, two, three := f.word(c, 0), f.word(c, 1), f.word(c, 2)
	switch {
	case one == "unless":
		return subordinate(events.ConditionalThreat, 1, sureUnless), true
	case one == "only" && (two == "if" || two == "when"):
		return subordinate(events.RequirementCondition, 2, sureUnless), true
	case (one == "provided" || one == "providing") && two == "that":
		return subordinate(events.ConditionalCommitment, 2, sureUnless), true
	case (one == "as" || one == "so") && two == "long" && three == "as":
		return subordinate(events.ConditionalCommitment, 3, sureUnless), true
	case one == "on" && two == "condition" && three == "that":
		return subordinate(events.QualifiedAcceptance, 3, sureUnless), true
	case one == "on" && two == "the" && three == "condition" && f.word(c, 3) == "that":
		return subordinate(events.QualifiedAcceptance, 4, sureUnless), true
	case one == "until" && f.withheld(c):
		return subordinate(events.Sequence, 1, sureIf), true
	}
	return structure{}, false
}

func subordinate(kind events.ConditionType, cue int, sure float64) structure {
	return structure{kind, events.Positive, ruleSubordinate, sure, cue, true}
}

func simple(kind events.ConditionType, rule string, sure float64, cue int) structure {
	return structure{kind, events.Positive, rule, sure, cue, false}
}

// before is how far back the negation of an "until" may stand.
const before = 25

// withheld says whether something is withheld before an "until": "will not ... until",
// "ruled out ... until".
func (f *finder) withheld(c clause) bool {
	from := max(c.from, c.at-before)
	for k := from; k < c.at; k++ {
		if f.Tokens[k].Lower == "ruled" && f.Tokens[k+1].Lower == "out" {
			return true
		}
	}
	return f.follows(from, c.at, negations) > 0
}

// follows gives the last of some tokens that is in a list, 0 for none.
func (f *finder) follows(from, to int, list map[string]bool) int {
	for k := to - 1; k >= from; k-- {
		if list[f.Tokens[k].Lower] {
			return k
		}
	}
	return 0
}

// around is how many tokens on each side of an "if" tell a threat from an offer.
const around = 40

func (f *finder) ifType(c clause) events.ConditionType {
	if f.follows(max(c.from, c.at-around), min(c.to, c.at+around), threats) > 0 {
		return events.ConditionalThreat
	}
	return events.IfThenOffer
}

// split fills what depends and what is required from the words on both sides of a cue.
func (f *finder) split(c *events.Condition, cue, behind, from, to int) {
	end := behind
	for end < to && f.Tokens[end].Lower != "," && f.Tokens[end].Lower != ";" {
		end++
	}
	antecedent, ok := f.rangeOf(behind, end)
	if !ok {
		return
	}
	a := f.Span(antecedent)
	c.Antecedent = &a
	c.Requires = []events.Requirement{{Text: a.Text}}
	consequent, ok := f.rangeOf(from, cue)
	if !ok {
		consequent, ok = f.rangeOf(min(end+1, to), to)
	}
	if ok {
		b := f.Span(consequent)
		c.Consequent, c.On = &b, b.Text
	}
}

// rangeOf gives the range of some tokens without the marks at their ends.
func (f *finder) rangeOf(from, to int) (language.Range, bool) {
	for from < to && f.Tokens[from].Kind == language.Mark {
		from++
	}
	for to > from && f.Tokens[to-1].Kind == language.Mark {
		to--
	}
	if from >= to {
		return language.Range{}, false
	}
	return language.Range{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End}, true
}
