package statement

import (
	"strings"

	"readout/internal/language"
)

// unspoken says whether a statement tells of words that nobody said: "did not say that",
// "refused to say whether", "nobody said that". "Not only said" is said.
func (r *reader) unspoken(t *telling) bool {
	for i := t.from; i < t.to; i++ {
		if !silenced[r.Tokens[i].Lemma] {
			continue
		}
		if r.negatedCue(t, i) && !r.only(t.from, i) || r.refusedCue(t, i) {
			return true
		}
		if s := r.Child(i, language.RelNsubj); s >= 0 && nobody[r.Tokens[s].Lower] {
			return true
		}
		return false
	}
	return false
}

// refusedCue says whether the cue is what somebody refused: "declined to say".
func (r *reader) refusedCue(t *telling, i int) bool {
	for k := max(0, i-refusalReach); k < i; k++ {
		if refusing[r.Tokens[k].Lemma] && r.infinitive(k+1) == i {
			return true
		}
	}
	return false
}

// refusalReach is how many tokens before a verb its refusal may stand.
const refusalReach = 4

// only says whether what negates a cue negates that it was all: "did not only say".
func (r *reader) only(from, to int) bool {
	for i := max(0, from-1); i < to; i++ {
		if w := r.Tokens[i].Lower; w == "only" || w == "just" || strings.HasPrefix(w, "mere") {
			return true
		}
	}
	return false
}
