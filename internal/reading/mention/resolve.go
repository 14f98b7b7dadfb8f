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
	// holderOpen is true for an office whose holder is not known.
	holderOpen bool
}

// resolve says who a phrase stands for.
func (r *reader) resolve(p phrase, s *language.Sentence) (found, bool) {
	x := r.take(p)
	name := x.nameTo - x.nameFrom
	switch {
	case x.person != nil:
		return r.known(x), true
	case name > 0 && x.head != "" && x.headAt >= x.nameTo:
		return r.role(p, x), true // "Harbour Council", "Ada Reen's ministry"
	case name > 1, name > 0 && (x.head != "" || x.party != nil):
		return r.named(x), true
	case name > 0:
		return r.single(p, x, s)
	case x.head != "" && (x.party != nil || x.owner != "" || p.determined):
		return r.role(p, x), true
	case x.party != nil:
		return r.place(p, x), true
	}
	return found{}, false
}

// known makes the mention of somebody in the table.
func (r *reader) known(x parts) found {
	a := r.actor(x.person.person)
	if x.rolesFrom >= 0 {
		a.Role = r.roleText(x.rolesFrom, x.nameFrom)
	}
	if a.Party == nil {
		a.Party = r.partyOf(x)
	}
	if a.Party == nil {
		a.Party = &events.Party{ID: events.Token(a.Name), Name: a.Name}
	}
	return found{last: x.nameTo, head: x.head, Mention: language.Mention{Actor: a}}
}

// actor makes an actor of a person of the table, as he stands on the day of the article.
// Who holds no office then speaks for nobody but himself: the party is left open.
func (r *reader) actor(p *person) events.Actor {
	a := events.Actor{Name: p.name, Type: events.ActorPerson}
	now, former := p.at(r.day)
	switch {
	case now != nil:
		party := now.party
		a.Role, a.Party = now.office, &party
	case former != nil:
		a.Role = "former " + former.office
	}
	return a
}

// named makes the mention of a name that is not in the table: of a person, or of a body
// such as "Observatory for River Rights".
func (r *reader) named(x parts) found {
	name := r.text(x.nameFrom, x.nameTo)
	a := events.Actor{Name: name, Type: events.ActorPerson, Party: r.partyOf(x)}
	if strings.Contains(name, " for ") || strings.Contains(name, " of ") || noPersons[r.Tokens[x.nameTo-1].Lower] || r.impersonal(x) {
		a.Type = events.ActorBody
	}
	if x.rolesFrom >= 0 && x.rolesFrom < x.nameFrom {
		a.Role = r.roleText(x.rolesFrom, x.nameFrom)
	}
	earlier, ok := r.introduced(name)
	switch {
	case x.nameTo-x.nameFrom == 1 && ok:
		a = earlier
	case a.Party == nil && r.surnames[lastWord(name)].Name == name:
		a = r.surnames[lastWord(name)] // the full name again
	}
	if a.Party == nil {
		a.Party = &events.Party{ID: events.Token(a.Name), Name: a.Name}
	}
	return found{last: x.nameTo, head: x.head, Mention: language.Mention{Actor: a}}
}

// impersonal says whether the layer of names takes a name for that of an organisation.
func (r *reader) impersonal(x parts) bool {
	n := r.NameAt(x.nameTo - 1)
	return n != nil && n.Type == language.OrganizationName && n.Last == x.nameTo && n.Confidence >= sureBody
}

// sureBody is the confidence from which an organisation is not taken for a person.
const sureBody = 0.5

// introduced gives the person of a single name: one introduced before, or a leader whose
// name nobody else in the table has.
func (r *reader) introduced(name string) (events.Actor, bool) {
	if a, ok := r.surnames[name]; ok {
		return a, true
	}
	if a, ok := r.given[name]; ok {
		return a, true
	}
	if p := r.short(name); p != nil {
		a := r.actor(p)
		if a.Party == nil {
			a.Party = &events.Party{ID: events.Token(a.Name), Name: a.Name}
		}
		return a, true
	}
	return events.Actor{}, false
}

// short gives the person whom a surname means that nobody introduced: one whom everybody
// knows by it, or the only one who has it among those whose party the article names and
// who holds an office on its day.
func (r *reader) short(name string) *person {
	key := fold(name)
	if p := r.table.famous[key]; p != nil {
		return p
	}
	var fits *person
	for _, p := range r.table.surnames[key] {
		now, _ := p.at(r.day)
		if now == nil || !r.parties[now.party.ID] {
			continue
		}
		if fits != nil {
			return nil
		}
		fits = p
	}
	return fits
}

// single makes the mention of one capital word that is in no table. At the start of a
// sentence any word has a capital: there it has to look like a name.
func (r *reader) single(p phrase, x parts, s *language.Sentence) (found, bool) {
	name := r.text(x.nameFrom, x.nameTo)
	a, ok := r.introduced(name)
	lower := r.Tokens[x.nameFrom].Lower
	if !ok && x.nameFrom == s.First && !r.capital[lower] && (r.written[lower] || ordinary(lower)) {
		return found{}, false
	}
	if !ok {
		a = events.Actor{Name: name, Party: &events.Party{ID: events.Token(name), Name: name}}
		if x.rolesFrom >= 0 && x.rolesFrom < x.nameFrom {
			a.Type = events.ActorPerson // "Mrs Reen"
		}
	}
	return found{last: x.nameTo, Mention: language.Mention{Actor: a, Adjective: p.determined && !p.definite}}, true
}

// ordinary says whether a word ends as plurals, participles and adverbs do.
func ordinary(word string) bool {
	for _, ending := range []string{"s", "ing", "ed", "ly"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// role makes the mention of an office, a body or a group without a name of its own.
func (r *reader) role(p phrase, x parts) found {
	last := x.headAt + 1
	if a := r.kindred(p, x); a.Name != "" {
		return found{last: last, Mention: language.Mention{Actor: a}}
	}
	a := events.Actor{Name: r.roleName(p, x, last), Type: events.ActorBody, Party: r.partyOf(x)}
	key := x.head
	if x.nameTo > x.nameFrom {
		key = r.text(x.nameFrom, x.nameTo) + " " + x.head // "Keth president" is not the last president
	} else if a.Party != nil {
		key = a.Party.ID + " " + x.head
	}
	earlier, told := r.roles[key]
	open := false
	switch {
	case groups[x.head]:
		a.Type = events.ActorUnnamedGroup
	case told:
		a = earlier
	case offices[x.head]:
		a.Type, a.Role = events.ActorPerson, x.head
		if holder := r.holder(x, a.Party, r.text(x.rolesFrom, last)); holder != nil {
			a.Name = holder.name
		} else {
			open = true
		}
	}
	return found{last: last, head: x.head, holderOpen: open, Mention: language.Mention{Actor: a}}
}

// kindred gives the body that "the bloc" or "the alliance" takes up again: the last one
// named that is of the kind.
func (r *reader) kindred(p phrase, x parts) events.Actor {
	kind := words["the "+x.head]
	if kind == nil || !p.definite || x.party != nil || x.owner != "" || x.nameTo > x.nameFrom || x.headAt != p.first {
		return events.Actor{}
	}
	for k := len(r.nodes) - 1; k >= max(0, len(r.nodes)-maxNodes); k-- {
		if a := r.entities[r.nodes[k].entity].actor; a.Party != nil && kind[a.Party.ID] && a.Type == events.ActorBody {
			return a
		}
	}
	return events.Actor{}
}

// roleName gives the name of an office or body that has none of its own. "Russia's
// military" and "the Russian military" are one; a longer name stays as it stands.
func (r *reader) roleName(p phrase, x parts, last int) string {
	if x.party == nil || x.rolesFrom < 0 || x.partyEnd >= last || !possessive(r.Tokens[x.partyEnd].Lower) || x.rolesFrom != x.partyEnd+1 || last != x.rolesFrom+1 {
		return r.text(p.first, last)
	}
	s := r.table.states[x.party.party.ID]
	if s == nil || s.adjective == "" || x.party.seat {
		return r.text(p.first, last)
	}
	return s.adjective + " " + r.text(x.rolesFrom, last)
}

// holder gives the person of the table who holds an office on the day of the article.
func (r *reader) holder(x parts, party *events.Party, role string) *person {
	if party == nil || r.table.states[party.ID] == nil {
		return nil
	}
	at := x.party
	if at != nil && at.party.ID != party.ID {
		at = nil
	}
	return r.table.holder(party.ID, r.table.office(role, at), r.day, r.names)
}

// names says whether the article gives the surname of a person.
func (r *reader) names(p *person) bool { return r.spelt[fold(lastWord(p.name))] }

// place makes the mention of a state, a capital, a people or a body.
func (r *reader) place(p phrase, x parts) found {
	party := x.party.party
	people := strings.HasSuffix(r.Tokens[x.partyEnd-1].Lower, "s") || p.definite
	adjective := x.party.adjective && !people || p.determined && !p.definite // "a Ukraine deal"
	a := events.Actor{Name: x.party.name, Type: x.party.kind, Party: &party}
	return found{last: x.partyEnd, Mention: language.Mention{Actor: a, Adjective: adjective}}
}

// partyOf gives the party that a phrase itself names, nil for none.
func (r *reader) partyOf(x parts) *events.Party {
	switch {
	case x.party != nil:
		party := x.party.party
		return &party
	case x.owner != "":
		return r.own(x.owner)
	case x.nameTo > x.nameFrom && x.nameTo <= x.headAt && belonging[x.head]:
		return r.own(r.text(x.nameFrom, x.nameTo))
	}
	return x.told
}

// own gives the party of a name that is in no table: that of a person who was introduced,
// else one of its own.
func (r *reader) own(name string) *events.Party {
	if a, ok := r.surnames[name]; ok && a.Party != nil {
		return a.Party
	}
	return &events.Party{ID: events.Token(name), Name: name}
}

// roleText gives the words of a role without what binds them.
func (r *reader) roleText(from, to int) string {
	return strings.TrimSpace(r.text(from, max(to, from+1)))
}
