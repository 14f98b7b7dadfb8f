package mention

import (
	"fmt"
	"hash/fnv"
	"os"
	"strings"

	"readout/pkg/events"
)

// Load reads a table of the user's own from a file. It is added to the table of the
// program, whose lines it may overrule; with a line "replace" it stands alone. What the
// lines mean is told at the head of actors/0-offices.tsv.
func Load(file string) (*Table, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the table of actors: %w", err)
	}
	return Parse(file, string(data))
}

// Parse reads a table from a text; name stands in errors.
func Parse(name, text string) (*Table, error) {
	t := newTable()
	if !replaces(text) {
		files, err := actorFiles.ReadDir("actors")
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			own, err := actorFiles.ReadFile("actors/" + f.Name())
			if err == nil {
				err = t.read(f.Name(), string(own))
			}
			if err != nil {
				return nil, err
			}
		}
	}
	if err := t.read(name, text); err != nil {
		return nil, err
	}
	t.close()
	sum := fnv.New32a()
	sum.Write([]byte(text))
	t.version = fmt.Sprintf("%08x", sum.Sum32())
	return t, nil
}

// Version tells tables apart that are not the one of the program, whose version is empty.
func (t *Table) Version() string { return t.version }

func replaces(text string) bool {
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "replace" {
			return true
		}
	}
	return false
}

// close ends every open term at the day on which a later line has somebody else take the
// office over, so that a user's table need not repeat the line of the one before.
func (t *Table) close() {
	for _, s := range t.states {
		for i := range s.terms {
			h := &s.terms[i]
			for j := range s.terms {
				next := &s.terms[j]
				if h.span.last == "" && next.office == h.office && next.person != h.person && next.span.first > h.span.first && !t.several[h.office] {
					h.span.last, h.span.till = next.span.sure, next.span.first
				}
			}
		}
	}
}

// lines reads a file line by line.
type lines struct {
	*Table
	section *state // the party whose people are listed
}

func (t *Table) read(file, text string) error {
	l := lines{Table: t}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n\t ")
		if line == "" || line[0] == '#' || line == "replace" {
			continue
		}
		if err := l.line(line); err != nil {
			return fmt.Errorf("%s line %d: %w", file, n, err)
		}
	}
	return nil
}

func (l *lines) line(line string) error {
	if id, ok := strings.CutPrefix(line, "["); ok {
		if l.section = l.states[strings.TrimSuffix(id, "]")]; l.section == nil {
			return fmt.Errorf("%s: there is no party %q above", line, strings.TrimSuffix(id, "]"))
		}
		return nil
	}
	f := strings.Split(line, "\t")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	switch f[0] {
	case "asof":
		return l.date(f)
	case "office":
		return l.officeLine(f)
	case "party":
		return l.partyLine(f)
	}
	return l.personLine(f)
}

func (l *lines) date(f []string) error {
	if len(f) != 2 || !isoDate.MatchString(f[1]) {
		return fmt.Errorf("want asof and a date such as 2025-05-31")
	}
	l.asOf = end(f[1])
	return nil
}

// officeLine reads: office, name, other words, "several".
func (l *lines) officeLine(f []string) error {
	f = append(f, "", "")
	if len(f) < 4 || f[1] == "" {
		return fmt.Errorf("want office, its name, and other words for it, parted by tabs")
	}
	l.offices[f[1]], l.offices[strings.ToLower(f[1])] = f[1], f[1]
	for _, word := range list(f[2]) {
		l.offices[strings.ToLower(word)] = f[1]
	}
	l.several[f[1]] = f[3] == "several"
	return nil
}

// partyLine reads: party, id, name, sort, adjectives, names, seats, office of the leader.
func (l *lines) partyLine(f []string) error {
	f = append(f, "", "", "", "")
	if len(f) < 8 || f[1] == "" || f[2] == "" || f[3] != "state" && f[3] != "body" {
		return fmt.Errorf("want party, an id, a name, and state or body, parted by tabs")
	}
	if events.Token(f[1]) != f[1] {
		return fmt.Errorf("party %q: an id is written small, with - between its words", f[1])
	}
	s := l.states[f[1]]
	if s == nil {
		s = &state{}
		l.states[f[1]] = s
	}
	s.party, s.kind = events.Party{ID: f[1], Name: f[2]}, events.ActorType(f[3])
	own := entry{party: s.party, name: f[2], kind: s.kind}
	l.name(f[2], own)
	for _, name := range list(f[5]) {
		l.name(name, own)
	}
	s.adjective = ""
	if adjectives := list(f[4]); len(adjectives) > 0 {
		s.adjective = adjectives[0]
	}
	adjective := own
	adjective.adjective = true
	for _, name := range list(f[4]) {
		l.name(name, adjective)
	}
	for _, seat := range list(f[6]) {
		names := strings.Split(seat, "=")
		for _, name := range names {
			l.name(name, entry{party: s.party, name: names[0], kind: events.ActorBody, seat: true})
		}
	}
	switch s.leader = f[7]; f[7] {
	case "":
		s.leader = "president"
	case "-":
		s.leader = ""
	}
	return nil
}

// personLine reads: office, name, other names, m or f, from, to.
func (l *lines) personLine(f []string) error {
	switch {
	case l.section == nil:
		return fmt.Errorf("%q: a person stands below the [id] of the party", f[0])
	case len(f) < 5:
		return fmt.Errorf("want an office, a name, other names, m or f, from and to, parted by tabs")
	case l.offices[f[0]] != f[0]:
		return fmt.Errorf("there is no office %q", f[0])
	case f[3] != "m" && f[3] != "f" && f[3] != "-":
		return fmt.Errorf("%q: want m, f, or - where it is not known", f[3])
	}
	span, err := readPeriod(f[4], append(f, "")[5])
	if err != nil {
		return err
	}
	p := l.person(f[1], f[3])
	l.section.hold(p, f[0], span)
	for _, alias := range list(f[2]) {
		if err := l.alias(alias, p); err != nil {
			return err
		}
	}
	return nil
}

// hold enters a term, or corrects the one that began on the same day.
func (s *state) hold(p *person, office string, span period) {
	for _, x := range p.terms {
		if x.party == s.party && x.office == office && x.span.first == span.first {
			x.span = span
			return
		}
	}
	x := &term{party: s.party, office: office, span: span}
	p.terms = append(p.terms, x)
	s.terms = append(s.terms, held{x, p})
}

// person gives the person of a name, who may stand on several lines.
func (l *lines) person(name, gender string) *person {
	p := l.people[name]
	if p == nil {
		p = &person{name: name}
		l.people[name] = p
		l.name(name, entry{name: name, kind: events.ActorPerson, person: p})
		l.short(lastWord(name), p)
	}
	if gender != "-" {
		p.gender = gender[0]
	}
	return p
}

// alias enters another name. With "!" he is known by it anywhere; with "*" others have it
// too; a name of several words is a name in full.
func (l *lines) alias(alias string, p *person) error {
	name := strings.TrimRight(alias, "!*")
	if strings.Contains(name, " ") {
		l.name(name, entry{name: p.name, kind: events.ActorPerson, person: p})
	}
	key := fold(name)
	if strings.HasSuffix(alias, "*") {
		l.shared[key] = true
	} else if other := l.claimed[key]; other != nil && other != p {
		return fmt.Errorf("%q stands for %s too: mark it as %s* on both lines", name, other.name, name)
	}
	if !strings.HasSuffix(alias, "*") {
		l.claimed[key] = p
	}
	if strings.HasSuffix(alias, "!") {
		l.famous[key] = p
	}
	l.short(name, p)
	return nil
}

// list parts the entries of a field.
func list(field string) []string {
	var out []string
	for s := range strings.SplitSeq(field, ";") {
		if s = strings.TrimSpace(s); s != "" && s != "-" {
			out = append(out, s)
		}
	}
	return out
}
