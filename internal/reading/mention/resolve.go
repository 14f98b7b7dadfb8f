package mention

import (
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// found is a mention with what is needed to go on.
type found struct {
	language.Mention
	// last is the token behind it.
	last int
	// head is the noun of a role: "president", "staff".
	head string
	// adjective is true for "Russian" before a thing.
	adjective bool
}

// parts is a phrase taken apart.
type parts struct {
	party     *entry        // the state or body of the phrase
	owner     string        // a name before "'s" that is in no table
	told      *events.Party // that of a body named before: "ministry spokesman"
	person    *entry        // somebody of the table
	nameFrom  int           // the run of capitals at the end that is in no table
	nameTo    int
	head      string // the last head noun
	headAt    int
	rolesFrom int // the first title or head
	partyEnd  int
}

// resolve says who a phrase stands for.
func (r *reader) resolve(p phrase) (found, bool) {
	x := r.take(p)
	switch {
	case x.person != nil:
		return r.known(p, x), true
	case x.nameTo > x.nameFrom && (x.nameTo-x.nameFrom > 1 || x.head != "" || x.party != nil):
		return r.named(p, x)
	case x.nameTo > x.nameFrom:
		return r.single(p, x), true
	case x.head != "" && (x.party != nil || x.owner != "" || p.definite):
		return r.role(p, x), true
	case x.party != nil:
		return r.place(p, x), true
	}
	return found{}, false
}

// take sorts the tokens of a phrase: names of the table, titles, heads, other capitals.
func (r *reader) take(p phrase) parts {
	x := parts{nameFrom: p.end, nameTo: p.end, rolesFrom: -1}
	for j := p.first; j < p.end; {
		t := &r.Tokens[j]
		if e, end := r.lookup(j, p.end); end > j {
			if e.kind == events.ActorPerson {
				x.person, x.nameFrom, x.nameTo = &e, j, end
				return x
			}
			if x.party == nil {
				x.party, x.partyEnd = &e, end
			}
			j = end
			continue
		}
		switch role := titles[t.Lower] || heads[t.Lower]; {
		case possessive(t.Lower) && x.party == nil && x.nameTo == j && x.nameFrom < j:
			x.owner, x.nameFrom, x.nameTo = r.text(x.nameFrom, j), p.end, p.end
		case role:
			if heads[t.Lower] {
				x.head, x.headAt = t.Lower, j
				if a, ok := r.roles[t.Lower]; ok && !offices[t.Lower] {
					x.told = a.Party
				}
			}
			if x.rolesFrom < 0 {
				x.rolesFrom = j
			}
		case t.Capital:
			if x.nameTo != j {
				x.nameFrom = j
			}
			x.nameTo = j + 1
		}
		j++
	}
	return x
}

// known makes the mention of somebody in the table.
func (r *reader) known(p phrase, x parts) found {
	party := x.person.party
	role := x.person.role
	if x.rolesFrom >= 0 {
		role = r.roleText(x.rolesFrom, x.nameFrom)
	}
	return found{last: x.nameTo, head: x.head, Mention: language.Mention{Actor: events.Actor{
		Name: x.person.name, Type: events.ActorPerson, Role: role, Party: &party}}}
}

// named makes the mention of a name that is not in the table: a person, or a body when
// its last word is one.
func (r *reader) named(p phrase, x parts) (found, bool) {
	name := r.text(x.nameFrom, x.nameTo)
	if x.headAt >= x.nameTo && x.head != "" {
		return r.role(p, x), true // "Harbour Council", "Ada Reen's ministry"
	}
	a := events.Actor{Name: name, Type: events.ActorPerson, Party: r.partyOf(x)}
	if x.rolesFrom >= 0 && x.rolesFrom < x.nameFrom {
		a.Role = r.roleText(x.rolesFrom, x.nameFrom)
	}
	if earlier, ok := r.surnames[lastWord(name)]; ok && x.nameTo-x.nameFrom == 1 {
		a = earlier
	}
	if a.Party == nil {
		a.Party = &events.Party{ID: events.Token(a.Name), Name: a.Name}
	}
	return found{last: x.nameTo, head: x.head, Mention: language.Mention{Actor: a}}, true
}

// single makes the mention of one capital word that is in no table: a surname when
// somebody of that name was introduced, else a name of its own.
func (r *reader) single(p phrase, x parts) found {
	name := r.text(x.nameFrom, x.nameTo)
	a, ok := r.surnames[name]
	if !ok {
		a = events.Actor{Name: name, Party: &events.Party{ID: events.Token(name), Name: name}}
	}
	return found{last: x.nameTo, Mention: language.Mention{Actor: a}}
}

// role makes the mention of an office, a body or a group without a name of its own.
func (r *reader) role(p phrase, x parts) found {
	last := x.headAt + 1
	a := events.Actor{Name: r.text(p.first, last), Type: events.ActorBody, Party: r.partyOf(x)}
	f := found{last: last, head: x.head}
	key := x.head
	if a.Party != nil {
		key = a.Party.ID + " " + x.head
	}
	leader, known := entry{}, false
	if a.Party != nil && topOffices[x.head] {
		leader, known = parties.leaders[a.Party.ID]
	}
	earlier, told := r.roles[key]
	switch {
	case groups[x.head]:
		a.Type = events.ActorUnnamedGroup
	case told:
		a = earlier
	case known:
		a.Name, a.Type, a.Role = leader.name, events.ActorPerson, x.head
	case offices[x.head]:
		a.Type, a.Role = events.ActorPerson, x.head
	}
	f.Actor = a
	return f
}

// place makes the mention of a state, a capital, a people or a body.
func (r *reader) place(p phrase, x parts) found {
	party := x.party.party
	f := found{last: x.partyEnd, adjective: x.party.adjective}
	f.Actor = events.Actor{Name: party.Name, Type: x.party.kind, Party: &party}
	return f
}

// partyOf gives the party that a phrase itself names, nil for none.
func (r *reader) partyOf(x parts) *events.Party {
	switch {
	case x.party != nil:
		party := x.party.party
		return &party
	case x.owner != "":
		if a, ok := r.surnames[x.owner]; ok && a.Party != nil {
			return a.Party
		}
		return &events.Party{ID: events.Token(x.owner), Name: x.owner}
	}
	return x.told
}

// roleText gives the words of a role without what binds them.
func (r *reader) roleText(from, to int) string {
	return strings.TrimSpace(r.text(from, max(to, from+1)))
}
