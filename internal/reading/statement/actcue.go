package statement

import (
	_ "embed"
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

//go:embed acts.txt
var actFile string

// frames give the act of a cue by its word, the word behind it and the way in which it
// takes what was said. Read once, never changed.
var frames = readActs(actFile)

// frame is a way in which a cue takes what was said: any, or one of the following.
const (
	anyFrame   = "*"
	toFrame    = "to"     // "threatened to leave"
	thatFrame  = "clause" // "warned that"
	thingFrame = "phrase" // "dismissed the report"
	notFrame   = "not"    // the cue is negated: "does not accept"
)

// readActs reads lines of an act, a frame and words; two words of one cue are joined by "_".
func readActs(file string) map[string]events.Act {
	out := map[string]events.Act{}
	for line := range strings.Lines(file) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			for word := range strings.FieldsSeq(f[2]) {
				out[f[1]+" "+word] = events.Act(f[0])
			}
		}
	}
	return out
}

// byCue gives the act that the cue of a statement names; a claim for "said" and for cues
// that are not known.
func (r *reader) byCue(t *telling) events.Act {
	refused := false
	for i := t.from; i < t.to; i++ {
		lemma := r.Tokens[i].Lemma
		if refusing[lemma] && r.infinitive(i+1) >= 0 {
			refused = true
			continue
		}
		way := r.way(t, i)
		act, ok := r.frame(i, lemma, way)
		if !ok {
			continue
		}
		negated := refused || r.negatedCue(t, i)
		switch {
		case negated && frames[notFrame+" "+lemma] != "":
			return frames[notFrame+" "+lemma]
		case negated:
			if refused && !evasive[lemma] {
				return events.ActRejection
			}
			return events.ActClaim
		case act != events.ActClaim || judging[lemma]:
			return r.refined(t, i, act)
		}
	}
	if refused {
		return r.refusal(t)
	}
	return events.ActClaim
}

// frame gives the act of a word with the word behind it, in one of the ways to take what
// was said.
func (r *reader) frame(i int, lemma, way string) (events.Act, bool) {
	keys := []string{lemma}
	if i+1 < len(r.Tokens) {
		keys = []string{lemma + "_" + r.Tokens[i+1].Lower, lemma}
	}
	for _, key := range keys {
		for _, f := range []string{way, anyFrame} {
			if act, ok := frames[f+" "+key]; ok {
				return act, true
			}
		}
	}
	return "", false
}

// way says how a cue takes the content of its statement.
func (r *reader) way(t *telling, cue int) string {
	open := r.opening(t)
	if open < 0 {
		return thatFrame // the content stands before it
	}
	if r.infinitive(cue+1) >= 0 || r.infinitive(open) >= 0 && open-cue < 3 {
		return toFrame
	}
	if w := r.Tokens[open].Lower; w == "that" || wondering[w] || r.Tokens[open].Rel.Base() == language.RelMark {
		return thatFrame
	}
	for i := open; i < min(open+opener, len(r.Tokens)); i++ {
		if !t.holds(i) {
			break
		}
		if r.Tokens[i].Rel.Base() == language.RelNsubj || r.Tokens[i].Rel == language.RelExpl {
			return thatFrame
		}
		if r.Tokens[i].UPOS == language.VERB {
			break
		}
	}
	return thingFrame
}

// opener is within how many tokens the subject of a clause shows itself.
const opener = 12

// infinitive gives the verb behind a "to" that stands at a token, -1 for none.
func (r *reader) infinitive(i int) int {
	if i+1 >= len(r.Tokens) || r.Tokens[i].Lower != "to" {
		return -1
	}
	for k := i + 1; k < min(i+4, len(r.Tokens)); k++ {
		switch r.Tokens[k].XPOS {
		case language.TagVB:
			return k
		case language.TagRB:
		default:
			return -1
		}
	}
	return -1
}

// refusal says whether "refused to" with its verb turns something down: "refused to
// comment" does not.
func (r *reader) refusal(t *telling) events.Act {
	for i := t.from; i < min(t.to+2, len(r.Tokens)); i++ {
		if v := r.infinitive(i); v >= 0 && evasive[r.Tokens[v].Lemma] {
			return events.ActClaim
		}
	}
	return events.ActRejection
}

// negatedCue says whether a word of a cue is negated: "did not rule out".
func (r *reader) negatedCue(t *telling, i int) bool {
	for k := max(0, t.from-1); k < i; k++ {
		if negations[r.Tokens[k].Lower] {
			return true
		}
	}
	for c := range r.Children(i) {
		if rel := r.Tokens[c].Rel.Base(); rel == language.RelAdvmod && c < i && i-c <= negationReach && negations[r.Tokens[c].Lower] && !r.quotedAt(c) {
			return true
		}
	}
	return false
}

// negationReach is how many tokens before a cue its negation may stand.
const negationReach = 3

// refined looks at what a cue is about: a claim that is rejected is denied, and words of
// judgement behind "as" tell praise from criticism.
func (r *reader) refined(t *telling, cue int, act events.Act) events.Act {
	near := stretch{t.to, min(t.to+objectReach, len(r.Tokens))}
	if len(t.parts) > 0 {
		near = stretch{t.parts[0].from, min(t.parts[0].to, t.parts[0].from+objectReach)}
	}
	switch {
	case act == events.ActRejection && claiming[r.object(t, cue)]:
		return events.ActDenial
	case act == events.ActOffer && r.holdsLemma(near, talk):
		return events.ActClaim
	case judging[r.Tokens[cue].Lemma] && len(t.parts) > 0:
		last := t.parts[len(t.parts)-1]
		if list := r.judged(stretch{max(last.from, last.to-judgement), last.to}).list(); len(list) > 0 {
			return list[0]
		}
	}
	return act
}

// objectReach is how many tokens behind a cue what it is about may stand.
const objectReach = 12

// object gives the lemma of what a cue is about: "report" in "dismissed the report as", ""
// for nothing. Where the parse knows none, it is the first noun of the content.
func (r *reader) object(t *telling, cue int) string {
	if o := r.Child(cue, language.RelObj); o >= 0 {
		return r.Tokens[o].Lemma
	}
	for _, p := range t.parts {
		for i := p.from; i < p.to; i++ {
			if r.Tokens[i].UPOS == language.NOUN && r.Tokens[i].Rel != language.RelCompound {
				return r.Tokens[i].Lemma
			}
		}
	}
	return ""
}
