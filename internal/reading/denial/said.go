package denial

import (
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// said finds denials in what somebody is quoted or reported to have said, in the k-th
// statement.
func (f *finder) said(k int) {
	st := &f.Findings.Statements[k]
	if st.Speaker.Mention == nil {
		return
	}
	for _, part := range st.Parts {
		r := f.Bytes(part)
		for s := f.SentenceAt(r.Start); s < len(f.Sentences) && f.Sentences[s].Start < r.End; s++ {
			f.clause(k, s, language.Range{Start: max(r.Start, f.Sentences[s].Start), End: min(r.End, f.Sentences[s].End)})
		}
	}
}

// minClause is how many tokens a denial without a verb of denying has at least: two quoted
// words of judgement belong to the denial before them.
const minClause = 5

// near is how many tokens may lie between who refuses and "will not".
const near = 7

// clause looks for one denial in one sentence of a statement, if none was found there in
// the narrator's words.
func (f *finder) clause(k, s int, r language.Range) {
	st := &f.Findings.Statements[k]
	from, to := f.Bounds(r)
	if to-from < minClause || f.denied[s] || strings.HasSuffix(strings.TrimRight(f.Words(r), `"”`), "?") {
		return
	}
	for i := from; i < to; i++ {
		x, ok := f.negation(i, to)
		if !ok || f.Retold(k, f.Tokens[i].Start) || x.kind == events.Refusal && f.has(depends, i, to) {
			continue // "will not sign unless ..." sets a condition
		}
		den := events.Denial{Denier: st.Speaker, Denied: f.Words(r), Type: x.kind, Strength: "categorical"}
		den.Statement = st.ID
		if len(st.Via) > 0 {
			den.ReportedBy = &st.Via[0]
		}
		if m := f.Subject(i, &f.Sentences[s], near); x.kind == events.Refusal && m != nil && m.Actor.Name != "" && r.Contains(m.Range) {
			den.Denier = f.Actor(m) // "Oru said Keth would not attend": it is Keth that refuses
		}
		cue := language.Range{Start: f.Tokens[i].Start, End: f.Tokens[min(i+x.cue, to)-1].End}
		f.keep(den, s, r, cue, x.rule, sureStatement)
		return
	}
}

// negation is a denial that begins at a token, without a verb of denying.
type negation struct {
	kind events.DenialType
	rule string
	cue  int // how many tokens its cue has
}

// negation says whether one begins at a token.
func (f *finder) negation(i, to int) (negation, bool) {
	word := func(k int) string {
		if i+k < to && i+k < len(f.Tokens) {
			return f.Tokens[i+k].Lower
		}
		return ""
	}
	one, two, three := word(0), word(1), word(2)
	be := two == "is" || two == "are" || two == "was" || two == "were" || two == "had"
	not := two == "not" || two == "never" || two == "n't" || two == "n’t"
	switch {
	case one == "there" && be && (three == "no" || three == "not" || three == "never"):
		return negation{events.DenialOfFact, ruleNegation, 3}, true
	case one == "none" && two == "of":
		return negation{events.DenialOfFact, ruleNegation, 2}, true
	case one == "not" && two == "true", untrue[one] && i > 0 && judging[f.Tokens[i-1].Lower]:
		return negation{events.DenialOfFact, ruleNegation, 1}, true
	case one == "lying", one == "lies" && be:
		return negation{events.AccusationOfLying, ruleLying, 1}, true
	case will[one] && not && yields[three]:
		return negation{events.Refusal, ruleRefusal, 2}, true
	}
	return negation{}, false
}
