// Package condition finds what somebody makes something else depend on. It reads
// sentences, mentions and statements and writes the findings of kind Condition.
//
// In
//
//	"Varland will sign only if the road is opened," Ada Reen said.
//
// the setter is Ada Reen, on signing, and what is required that the road is opened. It
// looks for structures inside what somebody is reported to say, so that the narrator's
// own "if" sets nothing; and "asked if" is a question, not a condition.
package condition

import (
	"sort"
	"strconv"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the conditions.
type Annotator struct{}

// The rules, and how sure each is.
const (
	ruleSubordinate = "condition.subordinate"
	ruleAnnounced   = "condition.announced"
	ruleQualified   = "condition.qualified"
	ruleOptions     = "condition.options"
	ruleModal       = "condition.modal"
	ruleRefused     = "condition.no_conditions"

	sureUnless    = 0.8
	sureIf        = 0.6
	sureAnnounced = 0.7
	sureModal     = 0.45
)

// Annotate fills Document.Findings.Conditions, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	f := &finder{Document: d, seen: map[string]int{}}
	for i := range d.Findings.Statements {
		f.said(&d.Findings.Statements[i])
		if d.Cancelled() {
			return
		}
	}
	for s := range d.Sentences {
		if d.Readable(s) {
			f.announced(s)
		}
	}
	list := d.Findings.Conditions
	sort.SliceStable(list, func(i, j int) bool { return list[i].Span.Start < list[j].Span.Start })
}

type finder struct {
	*language.Document
	seen map[string]int
}

// said looks for conditions in the sentences of a statement.
func (f *finder) said(st *events.Statement) {
	if st.Speaker.Mention == nil || st.Act == events.ActQuestion && st.Kind == events.Indirect {
		return
	}
	for _, part := range st.Parts {
		r := f.Bytes(part)
		for s := f.SentenceAt(r.Start); s < len(f.Sentences) && f.Sentences[s].Start < r.End; s++ {
			f.clause(st, s, language.Range{Start: max(r.Start, f.Sentences[s].Start), End: min(r.End, f.Sentences[s].End)})
		}
	}
}

// structure is a condition found at a token.
type structure struct {
	kind      events.ConditionType
	polarity  events.Polarity
	rule      string
	sure      float64
	cueTokens int
	// splits is true where the cue parts what depends from what is required.
	splits bool
}

// clause looks for one condition in one sentence of a statement.
func (f *finder) clause(st *events.Statement, s int, r language.Range) {
	from, to := f.Bounds(r)
	for i := from; i < to; i++ {
		x, ok := f.structure(i, from, to)
		if !ok {
			continue
		}
		c := events.Condition{Setter: st.Speaker, Type: x.kind, Polarity: x.polarity, Force: events.ForceDemand}
		c.Statement = st.ID
		if x.splits {
			f.split(&c, i, i+x.cueTokens, from, to)
		}
		f.keep(c, s, r, language.Range{Start: f.Tokens[i].Start, End: f.Tokens[i+x.cueTokens-1].End}, x)
		return
	}
}

// structure says whether a condition is set at a token.
func (f *finder) structure(i, from, to int) (structure, bool) {
	word := func(k int) string {
		if i+k >= from && i+k < to {
			return f.Tokens[i+k].Lower
		}
		return ""
	}
	sub := func(kind events.ConditionType, n int, sure float64) (structure, bool) {
		return structure{kind, events.Positive, ruleSubordinate, sure, n, true}, true
	}
	switch word(0) {
	case "unless":
		return sub(events.ConditionalThreat, 1, sureUnless)
	case "only":
		if word(1) == "if" || word(1) == "when" {
			return sub(events.RequirementCondition, 2, sureUnless)
		}
	case "if":
		if !questions[word(-1)] && word(1) != "not" {
			return sub(f.ifType(i, from, to), 1, sureIf)
		}
	case "provided", "providing":
		if word(1) == "that" {
			return sub(events.ConditionalCommitment, 2, sureUnless)
		}
	case "as", "so":
		if word(1) == "long" && word(2) == "as" {
			return sub(events.ConditionalCommitment, 3, sureUnless)
		}
	case "on":
		if word(1) == "condition" && word(2) == "that" || word(1) == "the" && word(2) == "condition" && word(3) == "that" {
			return sub(events.QualifiedAcceptance, 3, sureUnless)
		}
	case "in":
		if (word(1) == "exchange" || word(1) == "return") && word(2) == "for" {
			return sub(events.IfThenOffer, 3, sureIf)
		}
	case "until":
		if f.negated(from, i) {
			return sub(events.Sequence, 1, sureIf)
		}
	}
	return f.idiom(i, to, word)
}

// idiom says whether one of the set phrases stands at a token.
func (f *finder) idiom(i, to int, word func(int) string) (structure, bool) {
	simple := func(kind events.ConditionType, polarity events.Polarity, rule string, n int, sure float64) (structure, bool) {
		return structure{kind, polarity, rule, sure, n, false}, true
	}
	switch {
	case word(0) == "no" && conditions[word(1)], word(0) == "without" && conditions[word(1)]:
		return simple(events.Unconditional, events.Negative, ruleRefused, 2, sureUnless)
	case word(0) == "but" && word(1) == "there" && f.near(i, to, nuances):
		return simple(events.QualifiedAcceptance, events.Positive, ruleQualified, 3, sureIf)
	case word(0) == "two" && word(1) == "options":
		return simple(events.Ultimatum, events.Positive, ruleOptions, 2, sureUnless)
	case word(0) == "must" && word(1) != "not", word(0) == "should" && word(1) == "lead":
		return simple(events.RequirementCondition, events.Positive, ruleModal, 2, sureModal)
	}
	return structure{}, false
}

var (
	questions  = language.Set("asked ask asks wonder wonders wondered whether see know knows knew as even")
	conditions = language.Set("condition conditions preconditions pre-conditions precondition")
	nuances    = language.Set("nuances questions conditions caveats issues")
	announce   = language.Set("set sets setting laid lay lays laying outlined outlines listed named imposed put put spelled")
	stated     = language.Set("condition conditions terms preconditions pre-conditions demands")
	negations  = language.Set("not no never cannot won't wouldn't can't nothing none n't neither")
)

// near says whether one of some words follows within a few tokens.
func (f *finder) near(i, to int, words map[string]bool) bool {
	for k := i + 1; k < min(i+6, to); k++ {
		if words[f.Tokens[k].Lower] {
			return true
		}
	}
	return false
}

func (f *finder) negated(from, to int) bool {
	for k := from; k < to; k++ {
		if negations[f.Tokens[k].Lower] {
			return true
		}
	}
	return false
}

// ifType tells a threat from an offer by the words around an "if".
func (f *finder) ifType(i, from, to int) events.ConditionType {
	for k := from; k < to; k++ {
		switch f.Tokens[k].Lower {
		case "strike", "attack", "retaliate", "sanctions", "destroy", "punish", "consequences", "pay", "respond", "pressure":
			return events.ConditionalThreat
		}
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

// announced finds "he set out a number of conditions" in the narrator's words.
func (f *finder) announced(s int) {
	sentence := &f.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		if !announce[f.Tokens[i].Lower] || f.QuotationAt(f.Tokens[i].Start) != nil {
			continue
		}
		last := 0
		for k := i + 1; k < min(i+10, sentence.Last); k++ {
			if stated[f.Tokens[k].Lower] {
				last = k
			}
		}
		m := f.Subject(i, sentence, 6)
		if last == 0 || m == nil || m.Actor.Name == "" {
			continue
		}
		c := events.Condition{Setter: f.Actor(m), Type: events.AnnouncedUnspecified, Polarity: events.Positive, Force: events.ForceDemand}
		for last+1 < sentence.Last && f.Tokens[last+1].Kind == language.Word && last-i < 12 {
			last++
		}
		f.keep(c, s, language.Range{Start: m.Start, End: f.Tokens[last].End}, f.Tokens[i].Range,
			structure{rule: ruleAnnounced, sure: sureAnnounced})
		return
	}
}

func (f *finder) keep(c events.Condition, s int, span, cue language.Range, x structure) {
	f.Place(&c.Finding, s, span, cue)
	c.Rule, c.Confidence = x.rule, x.sure
	key := c.Setter.Name + "|" + c.Span.Text
	f.seen[key]++
	c.ID = events.ID("co", c.Setter.Name, c.Span.Text, strconv.Itoa(f.seen[key]))
	f.Findings.Conditions = append(f.Findings.Conditions, c)
}
