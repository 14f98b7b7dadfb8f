package statement

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// acts is a set of acts.
type acts uint32

// precedence lists the acts from the one that tells most to the one that tells least: of
// several the first is the act of a statement. A claim is what is not certain to be more.
var precedence = []events.Act{
	events.ActThreat, events.ActCondition, events.ActRejection, events.ActDenial, events.ActDemand,
	events.ActAccusation, events.ActAdmission, events.ActAcceptance, events.ActOffer, events.ActPromise,
	events.ActWarning, events.ActQuestion, events.ActHope, events.ActPrediction, events.ActCriticism,
	events.ActPraise, events.ActAnnouncement, events.ActClaim,
}

func set(list ...events.Act) (out acts) {
	for _, a := range list {
		for k, p := range precedence {
			if a == p {
				out |= 1 << k
			}
		}
	}
	return out
}

func (s acts) has(a events.Act) bool { return s&set(a) != 0 }

// list gives the acts of a set, the one that tells most first.
func (s acts) list() (out []events.Act) {
	for k, p := range precedence {
		if s&(1<<k) != 0 {
			out = append(out, p)
		}
	}
	return out
}

// act fills the act of a statement. A cue that says more than "said" decides, and what the
// content does beside is listed: "warned that Varland would strike back" is a warning and
// a threat. Behind a plain verb of saying, or none, the content decides.
func (r *reader) act(t *telling) {
	r.read(t)
	by := r.byCue(t)
	t.st.Act, t.st.Acts = by, nil
	found := r.byContent(t)
	if by == events.ActClaim {
		if list := found.list(); len(list) > 0 {
			t.st.Act = list[0]
		}
	}
	all := found &^ set(events.ActClaim, t.st.Act)
	if by != events.ActClaim {
		all &= strong // the cue has said what is done: a colour in the words adds nothing
	}
	if all != 0 {
		t.st.Acts = append([]events.Act{t.st.Act}, all.list()...)
	}
}

// strong are the acts of the content that stand beside that of the cue.
var strong = set(events.ActThreat, events.ActCondition, events.ActRejection, events.ActDenial, events.ActDemand)

// byContent gives what the clauses of a statement do.
func (r *reader) byContent(t *telling) (out acts) {
	for i := range t.clauses {
		out |= r.clauseActs(t, &t.clauses[i])
	}
	if len(t.clauses) == 0 {
		out = r.phraseActs(t)
	}
	if out&set(events.ActAcceptance, events.ActPraise) != 0 && r.reserves(t) {
		out |= set(events.ActCondition)
	}
	return out
}

// phraseActs gives the acts of a content that is no clause: words of judgement alone, as in
// `branded it "manipulative"`, and questions.
func (r *reader) phraseActs(t *telling) (out acts) {
	for _, p := range t.parts {
		for i := p.from; i < min(p.to, p.from+wide); i++ {
			if r.Tokens[i].Lower == "?" {
				return set(events.ActQuestion)
			}
		}
	}
	if end := t.parts[len(t.parts)-1]; end.to-end.from <= judgement {
		out = r.judged(end)
	}
	return out
}

// judgement is the most tokens of words of judgement alone.
const judgement = 8

// reserves says whether a "but" takes back a part of what was agreed to: "right, but there
// are questions".
func (r *reader) reserves(t *telling) bool {
	for _, p := range t.parts {
		for i := p.from; i < p.to; i++ {
			if w := r.Tokens[i].Lower; w != "but" && w != "however" {
				continue
			}
			for k := i + 1; k < min(p.to, i+reservation); k++ {
				if reserving[r.Tokens[k].Lemma] {
					return true
				}
			}
		}
	}
	return false
}

// reservation is how far behind a "but" the reservation may stand.
const reservation = 10

// holdsLemma says whether a word of a list stands between two tokens.
func (r *reader) holdsLemma(s stretch, list map[string]bool) bool {
	for i := s.from; i < s.to; i++ {
		if t := &r.Tokens[i]; t.Kind == language.Word && (list[t.Lemma] || list[t.Lower]) {
			return true
		}
	}
	return false
}

// judged gives what words of judgement make of what they are said of.
func (r *reader) judged(s stretch) acts {
	switch {
	case r.holdsLemma(s, untrue):
		return set(events.ActDenial)
	case r.holdsLemma(s, wrongs):
		return set(events.ActAccusation)
	case r.holdsLemma(s, bad):
		return set(events.ActCriticism)
	case r.holdsLemma(s, good):
		return set(events.ActPraise)
	}
	return 0
}
