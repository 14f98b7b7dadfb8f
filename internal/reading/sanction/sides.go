package sanction

import (
	"readout/internal/language"
	"readout/pkg/events"
)

const (
	// statusReach is how many tokens before the noun its verb may stand, passiveReach how
	// many behind, subjectReach how far before the verb its subject.
	statusReach  = 8
	passiveReach = 10
	subjectReach = 12
	// targetReach is how many tokens may lie between the noun and who is behind "on".
	targetReach = 4
	// sectorReach is how many may follow the target and tell the sectors.
	sectorReach = 8
)

// modifiers reads what stands right before the noun: "further", "US", "Iran". It gives the
// first token of it.
func (f *finder) modifiers(x *events.Sanction, i int, s *language.Sentence) int {
	first := i
	for k := i - 1; k >= max(s.First, i-statusReach); k-- {
		if w := f.Tokens[k].Lower; increments[w] {
			if x.Increment == "" {
				x.Increment = w
			}
			first = k
			continue
		}
		m := f.MentionEnding(k)
		if m == nil {
			break
		}
		k = f.TokenAt(m.Start)
		first = k
		f.modifier(x, m)
	}
	return first
}

// modifier files who stands before the noun: those who impose, or those who are hit.
func (f *finder) modifier(x *events.Sanction, m *language.Mention) {
	actor := f.Actor(m)
	switch {
	case actor.Party == nil:
	case senders[actor.Party.ID] || m.Possessive || m.Adjective:
		x.Imposer = state(actor)
	default:
		x.Target = actor
	}
}

// status reads the verb before the words of the noun, or a passive one behind, and who is
// behind it. It gives the first and the last token that it takes.
func (f *finder) status(x *events.Sanction, before, i int, s *language.Sentence) (first, last int) {
	for k := before - 1; k >= max(s.First, before-statusReach); k-- {
		status, ok := verbs[f.Tokens[k].Lower]
		if !ok {
			continue
		}
		x.Status = status
		k = f.outer(x, k, s)
		m := f.Subject(k, s, subjectReach)
		if m == nil {
			return k, i
		}
		f.behind(x, m)
		return min(k, f.TokenAt(m.Start)), i
	}
	return before, f.passive(x, i, s)
}

// outerReach is how many tokens may lie between "threatened" and "step up".
const outerReach = 4

// outer looks before the verb for one that says the act is not done: "threatened to step
// up", "called for lifting". It gives the token of the verb that counts.
func (f *finder) outer(x *events.Sanction, verb int, s *language.Sentence) int {
	for k := verb - 1; k >= max(s.First, verb-outerReach); k-- {
		switch status := verbs[f.Tokens[k].Lower]; status {
		case events.SanctionCalledFor, events.SanctionConsidered, events.SanctionThreatened, events.SanctionProposed:
			x.Status = status
			return k
		}
	}
	return verb
}

// behind files the subject of the verb: who calls for sanctions need not impose them.
func (f *finder) behind(x *events.Sanction, m *language.Mention) {
	actor := f.Actor(m)
	switch {
	case x.Status == events.SanctionCalledFor:
		x.CalledBy = &actor
		return
	case x.Status == events.SanctionEvaded:
		return
	case x.Status == events.SanctionThreatened:
		x.ThreatenedBy = &actor
	}
	if x.Imposer == nil {
		x.Imposer = state(actor)
	}
}

// state gives the state or body for which somebody acts: a president announces sanctions,
// his state imposes them.
func state(a events.Actor) *events.Actor {
	if a.Type == events.ActorPerson && a.Party != nil && a.Party.ID != events.Token(a.Name) {
		a = events.Actor{Name: a.Party.Name, Type: events.ActorState, Party: a.Party, Mention: a.Mention}
	}
	return &a
}

// passive reads "sanctions were lifted by ...", and gives the last token that it takes.
func (f *finder) passive(x *events.Sanction, i int, s *language.Sentence) int {
	for k := i + 1; k < min(i+passiveReach, s.Last); k++ {
		status, ok := verbs[f.Tokens[k].Lower]
		if !ok || !f.helped(k) {
			continue
		}
		x.Status = status
		if k+1 < s.Last && f.Tokens[k+1].Lower == "by" {
			if m := f.MentionIn(k+2, min(k+6, s.Last)); m != nil {
				f.behind(x, m)
				return f.TokenAt(m.End - 1)
			}
		}
		return k
	}
	return i
}

// helped says whether a form of "be" stands before a verb.
func (f *finder) helped(k int) bool {
	for j := max(0, k-3); j < k; j++ {
		if be[f.Tokens[j].Lower] {
			return true
		}
	}
	return false
}

// target reads who the sanctions are against, and the sectors, and gives the last token
// of the finding.
func (f *finder) target(x *events.Sanction, i int, s *language.Sentence) int {
	for k := i + 1; k < min(i+targetReach, s.Last); k++ {
		if !onto[f.Tokens[k].Lower] {
			continue
		}
		m := f.MentionIn(k+1, min(k+1+targetReach, s.Last))
		if m == nil {
			return i
		}
		x.Target = f.Actor(m)
		return f.sectors(x, f.TokenAt(m.End-1), s)
	}
	return i
}

// sectors reads the branches of the economy behind the target: "Ostreya's oil and gas
// sectors".
func (f *finder) sectors(x *events.Sanction, last int, s *language.Sentence) int {
	for j := last + 1; j < min(last+sectorReach, s.Last); j++ {
		switch w := f.Tokens[j].Lower; {
		case sectors[w]:
			x.Sectors = append(x.Sectors, w)
			last = j
		case branches[w]:
			last = j
		case !between[w]:
			return last
		}
	}
	return last
}
