package mention

import (
	"embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"readout/pkg/events"
)

//go:embed actors/*.tsv
var actorFiles embed.FS

// Builtin gives the table that comes with the program. It is read once, never changed.
var Builtin = sync.OnceValue(func() *Table {
	t := newTable()
	files, err := actorFiles.ReadDir("actors")
	if err != nil {
		panic(err) // the files are a part of the program
	}
	for _, f := range files { // in the order of their names
		data, err := actorFiles.ReadFile("actors/" + f.Name())
		if err == nil {
			err = t.read(f.Name(), string(data))
		}
		if err != nil {
			panic(err)
		}
	}
	return t
})

// entry is what a name in the table stands for.
type entry struct {
	party events.Party
	// name and kind are who is named.
	name string
	kind events.ActorType
	// adjective is true for "Russian", which stands for the state only before a noun.
	adjective bool
	// seat is true for a building or body of a party, "Kremlin", which has offices of its
	// own: "Kremlin spokesman" is not "Russian spokesman".
	seat bool
	// person is set for a person.
	person *person
}

// person is somebody in the table with the offices he held.
type person struct {
	name   string
	gender byte // 'm', 'f', or 0 where it is not given
	terms  []*term
}

// term is an office held for a time.
type term struct {
	party  events.Party
	office string
	span   period
}

// state is what the table knows of a party beside its names.
type state struct {
	party events.Party
	kind  events.ActorType
	// adjective is the first of those of the party, "Russian"; it may be empty.
	adjective string
	// leader is the office that "Ukraine's leader" means, empty where it is open.
	leader string
	terms  []held
}

// held is an office from the side of the party.
type held struct {
	*term
	person *person
}

// Table is the parties, offices and people by their names. A Table is not changed once it
// is made and may be used by many readers at once.
type Table struct {
	// names hold parties, seats and full names of people, folded.
	names map[string]entry
	// longest is the most tokens that a name with a first word may have.
	longest map[string]int
	states  map[string]*state
	people  map[string]*person
	// surnames hold the people by what they are called for short, famous those whom
	// everybody knows by it.
	surnames map[string][]*person
	famous   map[string]*person
	// claimed are the short names that the table gives to one person as a word of his own.
	claimed map[string]*person
	shared  map[string]bool
	// offices lead from the words for an office to its name; several are those that more
	// than one person may hold at a time.
	offices map[string]string
	several map[string]bool
	// asOf is the day up to which the table is kept, empty where it does not say.
	asOf string
	// version is empty for the table of the program.
	version string
}

func newTable() *Table {
	return &Table{names: map[string]entry{}, longest: map[string]int{}, states: map[string]*state{}, people: map[string]*person{},
		surnames: map[string][]*person{}, famous: map[string]*person{}, claimed: map[string]*person{}, shared: map[string]bool{},
		offices: map[string]string{}, several: map[string]bool{}}
}

// short lists a person under what he is called for short.
func (t *Table) short(name string, p *person) {
	key := fold(name)
	for _, other := range t.surnames[key] {
		if other == p {
			return
		}
	}
	t.surnames[key] = append(t.surnames[key], p)
}

// name enters a name of one or several words.
func (t *Table) name(name string, e entry) {
	key := fold(name)
	t.names[key] = e
	first := firstPart(key)
	t.longest[first] = max(t.longest[first], 1+strings.Count(key, " ")+2*strings.Count(key, "'")+2*strings.Count(key, "-")+strings.Count(key, ".")+strings.Count(key, ","))
}

// firstPart gives the beginning of a name up to where any tokeniser may cut it.
func firstPart(s string) string {
	if i := strings.IndexAny(s, " '-."); i > 0 {
		return s[:i]
	}
	return s
}

// office gives the office that some words mean: by themselves, or behind the seat that
// they belong to.
func (t *Table) office(words string, at *entry) string {
	words = strings.ToLower(words)
	if at != nil && at.seat {
		return t.offices[strings.ToLower(at.name)+" "+words]
	}
	return t.offices[words]
}

// holder gives the person who certainly held an office on a day, nil where the table does
// not say, or knows two. With named, which says whether the article names a person, one
// who may have held it is enough, if the article names no second.
func (t *Table) holder(party, office, day string, named func(*person) bool) *person {
	s := t.states[party]
	if s == nil || office == "" {
		return nil
	}
	if office == "leader" {
		if office = s.leader; office == "" {
			return nil
		}
	}
	var sure, maybe *person
	sures, maybes := 0, 0
	for i := range s.terms {
		h := &s.terms[i]
		if h.office != office {
			continue
		}
		if day != "" && (t.asOf == "" || day <= t.asOf) && h.span.certain(day) && h.person != sure {
			sure, sures = h.person, sures+1
		}
		if (day == "" || h.span.possible(day)) && h.person != maybe && named(h.person) {
			maybe, maybes = h.person, maybes+1
		}
	}
	switch {
	case sures == 1:
		return sure
	case maybes == 1:
		return maybe
	}
	return nil
}

// at gives the office a person holds on a day: the first listed of those that he may
// hold. Without a day it is the last that the table knows of. former is the last one he
// held before that day, if he holds none.
func (p *person) at(day string) (now, former *term) {
	for i := range p.terms {
		x := p.terms[i]
		switch {
		case day == "":
			now = x
		case x.span.possible(day):
			return x, nil
		case x.span.last != "" && x.span.last < day:
			former = x
		}
	}
	return now, former
}

// fold brings names to one form: without accents, in the case in which they are written,
// since "US" and "us" differ.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
			if err != nil {
				return s
			}
			return strings.ReplaceAll(out, "’", "'")
		}
	}
	return s
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}
