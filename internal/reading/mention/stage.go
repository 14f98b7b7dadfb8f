package mention

import (
	"slices"

	"readout/pkg/events"
)

// cast are those whom one sentence names, outside of quotations, the subjects first.
type cast struct {
	persons, things, several []events.Actor
	// subjects counts those of each list that may be subjects.
	persons1, things1, several1 int
}

const (
	// scenes is how many sentences back a pronoun may reach; sentences that name nobody
	// of its sort do not count.
	scenes = 4
	// maxCast is how many of a sort one sentence may bring on.
	maxCast = 8
)

// enter adds somebody to a list: behind the other subjects, or behind all. One who is
// there already stays in his place.
func enter(list []events.Actor, subjects *int, a events.Actor, subject bool) []events.Actor {
	for i := range list {
		if list[i].Name == a.Name {
			if subject && i >= *subjects {
				copy(list[*subjects+1:i+1], list[*subjects:i])
				list[*subjects] = a
				*subjects++
			}
			return list
		}
	}
	if len(list) >= maxCast {
		return list
	}
	list = append(list, a)
	if subject {
		copy(list[*subjects+1:], list[*subjects:])
		list[*subjects] = a
		*subjects++
	}
	return list
}

// appear brings somebody on.
func (c *cast) appear(a events.Actor, subject bool) {
	switch a.Type {
	case events.ActorPerson:
		c.persons = enter(c.persons, &c.persons1, a, subject)
	case events.ActorUnnamedGroup:
		c.several = enter(c.several, &c.several1, a, subject)
	default:
		c.things = enter(c.things, &c.things1, a, subject)
	}
}

// exit ends a sentence: each sort that it named moves into the past.
func (r *reader) exit() {
	push := func(past [][]events.Actor, list []events.Actor) [][]events.Actor {
		if len(list) == 0 {
			return past
		}
		if len(past) == scenes {
			copy(past, past[1:])
			past = past[:scenes-1]
		}
		return append(past, list)
	}
	r.past.persons = push(r.past.persons, r.now.persons)
	r.past.things = push(r.past.things, r.now.things)
	r.past.several = push(r.past.several, r.now.several)
	r.now = cast{}
}

// past are the casts of the sentences before, the last one last.
type past struct{ persons, things, several [][]events.Actor }

// person gives whom he or she stands for: the first of the sentence whom the pronoun fits,
// else of the ones before. Within a sentence those who are persons for certain come first:
// "Great Northern War" looks like a name too.
func (r *reader) person(pronoun string) events.Actor {
	g := wanted(pronoun)
	sure := func(a *events.Actor) bool { return r.certain(a) && fits(g, r.genders[a.Name]) }
	any := func(a *events.Actor) bool { return fits(g, r.genders[a.Name]) }
	for k := len(r.past.persons); k >= 0; k-- {
		list := r.now.persons
		if k < len(r.past.persons) {
			list = r.past.persons[k]
		}
		for _, fit := range []func(*events.Actor) bool{sure, any} {
			if i := slices.IndexFunc(list, func(a events.Actor) bool { return fit(&a) }); i >= 0 {
				return list[i]
			}
		}
	}
	return events.Actor{}
}

// certain says whether somebody is a person beyond what a name with two capitals tells.
func (r *reader) certain(a *events.Actor) bool { return a.Role != "" || r.genders[a.Name] != 0 }

func (r *reader) thing() events.Actor {
	return first(r.now.things, r.past.things, func(*events.Actor) bool { return true })
}

func (r *reader) group() events.Actor {
	return first(r.now.several, r.past.several, func(*events.Actor) bool { return true })
}

// first gives the first actor that will do, nobody for none.
func first(now []events.Actor, before [][]events.Actor, do func(*events.Actor) bool) events.Actor {
	for i := range now {
		if do(&now[i]) {
			return now[i]
		}
	}
	for k := len(before) - 1; k >= 0; k-- {
		for i := range before[k] {
			if do(&before[k][i]) {
				return before[k][i]
			}
		}
	}
	return events.Actor{}
}
