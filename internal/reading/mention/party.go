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
var partiesTSV string

// entry is what a name in the table stands for.
type entry struct {
	party events.Party
	// actor is the name and sort of who is named.
	name string
	kind events.ActorType
	role string
	// adjective is true for "Russian", which stands for the state only before a noun.
	adjective bool
}

// table is the parties by name, folded; and the holders of offices by party.
type table struct {
	names map[string]entry
	// longest is the number of words of the longest name.
	longest int
	// leaders are the first person listed of each party.
	leaders map[string]entry
}

// parties is read once and never changes.
var parties = parse(partiesTSV)

// bodies are the parties of the table that are no states.
var bodies = language.Set("african-union al-qaeda asean european-union g7 hamas hezbollah houthis iaea islamic-state m23 nato red-cross rsf taliban un who vatican")

func parse(tsv string) *table {
	t := &table{names: map[string]entry{}, leaders: map[string]entry{}}
	for line := range strings.Lines(tsv) {
		if line = strings.TrimRight(line, "\n"); strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		t.add(append(strings.Split(line, "\t"), "", "", ""))
	}
	return t
}

func (t *table) add(f []string) {
	party := events.Party{ID: f[0], Name: f[1]}
	kind := events.ActorState
	if bodies[f[0]] {
		kind = events.ActorBody
	}
	own := entry{party: party, name: party.Name, kind: kind}
	t.name(party.Name, own)
	for name := range strings.SplitSeq(f[3], ";") {
		t.name(name, own)
	}
	adjective := own
	adjective.adjective = true
	for name := range strings.SplitSeq(f[2], ";") {
		t.name(name, adjective)
	}
	for person := range strings.SplitSeq(f[4], ";") {
		name, role, _ := strings.Cut(person, "=")
		e := entry{party: party, name: name, kind: events.ActorPerson, role: role}
		t.name(name, e)
		if _, ok := t.leaders[party.ID]; !ok && name != "" {
			t.leaders[party.ID] = e
		}
	}
}

func (t *table) name(name string, e entry) {
	if name == "" {
		return
	}
	t.names[fold(name)] = e
	t.longest = max(t.longest, len(strings.Fields(name)))
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
