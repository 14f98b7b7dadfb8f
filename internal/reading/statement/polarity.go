package statement

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// The ways in which what was said is meant to hold.
const (
	certain      = "certain"
	possible     = "possible"
	negated      = "negated"
	hypothetic   = "conditional"
	undecided    = "unknown"
	hedgeReach   = 25
	openingReach = 3
)

// carries fills the polarity and the factuality of a statement, where its words carry them:
// from its first main clause, and from a cue that denies, asks or doubts. A thing alone ("a
// longer truce") has neither, but for what is denied.
func (r *reader) carries(t *telling) {
	denied := t.st.Act == events.ActDenial && r.byCue(t) == events.ActDenial
	if len(t.clauses) == 0 {
		if denied {
			t.st.Factuality = negated
		}
		return
	}
	c := &t.clauses[0]
	t.st.Polarity = events.Positive
	if c.negated != r.raised(t) {
		t.st.Polarity = events.Negative
	}
	switch {
	case denied && !c.negated:
		t.st.Factuality = negated
	case c.asked, t.st.Act == events.ActQuestion, r.wonders(t), irreal.has(t.st.Act), c.mood == duty, c.mood == wish, c.mood == readiness:
		t.st.Factuality = undecided
	case c.bound != "" || t.st.Act == events.ActCondition:
		t.st.Factuality = hypothetic
	case c.mood == possibility && !c.negated, r.hedged(t, c):
		t.st.Factuality = possible
	case t.st.Polarity == events.Negative:
		t.st.Factuality = negated
	default:
		t.st.Factuality = certain
	}
	if c.asked {
		t.st.Polarity = ""
	}
}

// irreal are the acts whose words tell of nothing that is so yet.
var irreal = set(events.ActDemand, events.ActHope, events.ActOffer)

// raised says whether a "not" before a cue belongs to what follows: "does not believe that".
func (r *reader) raised(t *telling) bool {
	for i := t.from; i < t.to; i++ {
		if doubting[r.Tokens[i].Lemma] && r.negatedCue(t, i) {
			return true
		}
	}
	return false
}

// wonders says whether the content opens with "whether" or the like.
func (r *reader) wonders(t *telling) bool {
	i := r.opening(t)
	return i >= 0 && (r.Tokens[i].Lower == "whether" || r.Tokens[i].Lower == "if" && r.byCue(t) == events.ActQuestion)
}

// hedged says whether a word makes a clause less than certain: "may", "reportedly", or a
// cue such as "believes".
func (r *reader) hedged(t *telling, c *predicate) bool {
	for i := t.from; i < t.to; i++ {
		if x := &r.Tokens[i]; hedges[x.Lower] || doubting[x.Lemma] && x.UPOS != language.NOUN {
			return true
		}
	}
	for x := range r.Children(c.core) {
		if hedges[r.Tokens[x].Lower] {
			return true
		}
	}
	return c.mood == future && r.holdsLemma(c.words, likely)
}
