package mention

import (
	"readout/internal/language"
	"readout/pkg/events"
)

// apposed reads what stands between commas behind a mention and says who he is: "Ada Reen,
// Varland's foreign minister," gives a person her office and party, "The foreign minister,
// Ada Reen," gives an office its holder.
func (r *reader) apposed(m *found, s *language.Sentence) {
	next := m.last + 1
	if m.Actor.Type != events.ActorPerson || next >= s.Last || r.Tokens[m.last].Lower != "," {
		return
	}
	p := r.phrase(next, s.Last)
	if p.end == next {
		return
	}
	x := r.take(p)
	switch {
	case m.holderOpen:
		r.holderNamed(m, p, x, s)
	case r.ends(x.headAt+1, s) && x.head != "" && offices[x.head] && x.person == nil && (x.nameTo == x.nameFrom || x.nameTo <= x.headAt):
		r.officeGiven(m, x)
	}
}

// officeGiven gives a person the office and the party of the words behind the name.
func (r *reader) officeGiven(m *found, x parts) {
	m.Actor.Role = r.roleText(x.rolesFrom, x.headAt+1)
	m.head = x.head
	if party := r.partyOf(x); party != nil {
		m.Actor.Party = party
	}
	r.learn(m.Actor.Name, x.rolesFrom, x.headAt+1)
}

// holderNamed gives an office the name that follows it: one of the table, or at least two
// words between commas, since "the president, Keth and" begins a list.
func (r *reader) holderNamed(m *found, p phrase, x parts, s *language.Sentence) {
	a := m.Actor
	switch {
	case x.person != nil && p.first == x.nameFrom && r.ends(x.nameTo, s):
		a.Name = x.person.name
	case x.person == nil && x.party == nil && x.head == "" && x.rolesFrom < 0 && !p.determined && x.nameFrom == p.first && x.nameTo-x.nameFrom > 1 && r.ends(x.nameTo, s):
		a.Name = r.text(x.nameFrom, x.nameTo)
	default:
		return
	}
	a.Role = m.Actor.Role
	m.Actor = a
	r.learn(a.Name, r.TokenAt(m.Start), x.nameTo)
}

// ends says whether an aside may end at a token.
func (r *reader) ends(i int, s *language.Sentence) bool {
	if i >= s.Last {
		return true
	}
	switch r.Tokens[i].Lower {
	case ",", ".", ";", "–", "—", "who":
		return true
	}
	return false
}
