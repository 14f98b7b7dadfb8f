package mention

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"readout/internal/language"
	"readout/pkg/events"
)

//go:embed parties.tsv
var partyFile string

//go:embed words.txt
var wordFile string

// Read once, never changed.
var (
	parties = readParties(partyFile)
	words   = language.Lists(wordFile)

	titles       = words["titles"]
	heads        = words["heads"]
	groups       = words["groups"]
	offices      = words["offices"]
	leading      = words["leading"]
	belonging    = words["belonging"]
	persons      = words["persons"]
	things       = words["things"]
	several      = words["several"]
	speakers     = words["speakers"]
	prepositions = words["prepositions"]
	noNames      = words["no-names"]
)

// entry is what a name in the table stands for.
type entry struct {
	party events.Party
	// name and kind are who is named, role the office of a person.
	name string
	kind events.ActorType
	role string
	// adjective is true for "Russian", which stands for the state only before a noun.
	adjective bool
}

// table is the parties by name, folded; and the people by party and by surname.
type table struct {
	names map[string]entry
	// longest is the number of words of the longest name.
	longest int
	// people are the persons listed of each party, in the order of the table.
	people map[string][]entry
	// surnames hold the persons whose surname nobody else in the table has.
	surnames map[string]*entry
}

func readParties(tsv string) *table {
	t := &table{names: map[string]entry{}, people: map[string][]entry{}, surnames: map[string]*entry{}}
	for line := range strings.Lines(tsv) {
		if line = strings.TrimRight(line, "\n"); strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		t.add(append(strings.Split(line, "\t"), "", "", "", ""))
	}
	return t
}

// add takes in one line: id, name, sort, adjectives, names, seats, people.
func (t *table) add(f []string) {
	own := entry{party: events.Party{ID: f[0], Name: f[1]}, name: f[1], kind: events.ActorType(f[2])}
	t.name(f[1], own)
	for name := range strings.SplitSeq(f[4], ";") {
		t.name(name, own)
	}
	adjective := own
	adjective.adjective = true
	for name := range strings.SplitSeq(f[3], ";") {
		t.name(name, adjective)
	}
	for name := range strings.SplitSeq(f[5], ";") {
		t.name(name, entry{party: own.party, name: name, kind: events.ActorBody})
	}
	for person := range strings.SplitSeq(f[6], ";") {
		t.person(own.party, person)
	}
}

func (t *table) person(party events.Party, person string) {
	name, role, ok := strings.Cut(person, "=")
	if !ok {
		return
	}
	e := entry{party: party, name: name, kind: events.ActorPerson, role: role}
	t.name(name, e)
	t.people[party.ID] = append(t.people[party.ID], e)
	surname := fold(lastWord(name))
	if other, ok := t.surnames[surname]; ok && (other == nil || other.party != party) {
		t.surnames[surname] = nil
		return
	}
	t.surnames[surname] = &e
}

func (t *table) name(name string, e entry) {
	if name == "" {
		return
	}
	t.names[fold(name)] = e
	t.longest = max(t.longest, len(strings.Fields(name))+2*strings.Count(name, "-")+strings.Count(name, "'"))
}

// holds says whether a person of the table holds an office: the one named, or any that
// leads where a leading one is asked for.
func (e *entry) holds(office string) bool {
	return e.role == office || leading[office] && (leading[e.role] || e.role == "prime minister")
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
