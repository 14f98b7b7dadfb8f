package marked

import (
	"fmt"
	"strings"

	"readout/pkg/events"
)

// Kind is what a mark or a note is about: a kind of finding, or a part that all of them
// have.
type Kind int

// The kinds, in the order in which they are shown.
const (
	Statement Kind = iota
	Condition
	Denial
	Sanction
	Casualty
	Speaker
	Cue
	Kinds // how many there are
)

// String gives the name of a kind, which is one lower-case word.
func (k Kind) String() string {
	return [...]string{"statement", "condition", "denial", "sanction", "casualty", "speaker", "cue"}[k]
}

// Note is what is said about one finding, in words for people.
type Note struct {
	// Kind is one of the five kinds of findings.
	Kind Kind
	// Label is the act or the type: "claim, indirect", "denial of fact".
	Label string
	// Who is behind it; empty where nobody can be named.
	Who string
	// Confidence is between 0 and 1.
	Confidence float64
	// Rule names the rule or model that made the finding.
	Rule string
	// Words are the words that state it.
	Words string
}

// Line gives a note in one line, without its words.
func (n Note) Line() string {
	parts := []string{n.Kind.String(), n.Label, n.Who, fmt.Sprintf("confidence %.2f", n.Confidence)}
	return strings.Join(nonEmpty(parts), " · ")
}

// collect makes the notes of some findings, and the marks that belong to each.
func collect(f *events.Findings) *collection {
	c := &collection{}
	for i := range f.Statements {
		st := &f.Statements[i]
		act := st.Act
		if act == "" {
			act = "statement"
		}
		c.note(Statement, &st.Finding, words(string(act), string(st.Kind)), &st.Speaker)
		for j := range st.Parts {
			c.mark(Statement, &st.Parts[j])
		}
		if len(st.Parts) == 0 {
			c.mark(Statement, &st.Span)
		}
	}
	for i := range f.Conditions {
		co := &f.Conditions[i]
		c.whole(Condition, &co.Finding, words(string(co.Type), string(co.Force)), &co.Setter)
	}
	for i := range f.Denials {
		de := &f.Denials[i]
		c.whole(Denial, &de.Finding, words(string(de.Type), de.Strength), &de.Denier)
	}
	for i := range f.Sanctions {
		sa := &f.Sanctions[i]
		label := string(sa.Status)
		if sa.Target.Name != "" {
			label += " against " + sa.Target.Name
		}
		c.whole(Sanction, &sa.Finding, words(label), first(sa.Imposer, sa.ThreatenedBy, sa.CalledBy))
	}
	for i := range f.Casualties {
		ca := &f.Casualties[i]
		number := strings.TrimSpace(string(ca.Qualifier) + " " + ca.Figure.Text)
		if ca.Qualifier == events.Vague {
			number = ca.Figure.Text
		}
		c.whole(Casualty, &ca.Finding, words(number+" "+string(ca.Status), ca.Population), ca.Source)
	}
	return c
}

// collection grows while the findings are gone through.
type collection struct {
	notes []Note
	marks []mark
}

// note begins the next finding; the marks that follow are its own.
func (c *collection) note(k Kind, f *events.Finding, label string, who *events.Actor) {
	c.notes = append(c.notes, Note{Kind: k, Label: short(label), Who: short(name(who)),
		Confidence: f.Confidence, Rule: f.Rule, Words: f.Span.Text})
	if who != nil {
		c.mark(Speaker, who.Mention)
	}
	c.mark(Cue, f.Cue)
}

// whole is a finding that is marked where its span is.
func (c *collection) whole(k Kind, f *events.Finding, label string, who *events.Actor) {
	c.note(k, f, label, who)
	c.mark(k, &f.Span)
}

func (c *collection) mark(k Kind, s *events.Span) {
	if s != nil {
		c.marks = append(c.marks, mark{kind: k, start: s.Start, end: s.End, note: len(c.notes) - 1})
	}
}

// name gives an actor for people: "Ada Reen (foreign minister, Varland)".
func name(who *events.Actor) string {
	if who == nil {
		return ""
	}
	n := who.Name
	if n == "" && who.Mention != nil {
		n = who.Mention.Text
	}
	var more []string
	if who.Role != "" && !strings.Contains(n, who.Role) {
		more = append(more, who.Role)
	}
	if p := who.Party; p != nil && p.ID != events.UnknownParty && !strings.Contains(n, p.Name) {
		more = append(more, p.Name)
	}
	if n == "" || len(more) == 0 {
		return n + strings.Join(more, ", ")
	}
	return n + " (" + strings.Join(more, ", ") + ")"
}

func first(actors ...*events.Actor) *events.Actor {
	for _, a := range actors {
		if a != nil {
			return a
		}
	}
	return nil
}

// words joins what there is, with the names of the form turned into words.
func words(parts ...string) string {
	return strings.ReplaceAll(strings.Join(nonEmpty(parts), ", "), "_", " ")
}

func nonEmpty(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// maxShort is the most code points of a label or a name: a note stands beside every piece
// of its finding, and names come from the text.
const maxShort = 120

func short(s string) string {
	if r := []rune(s); len(r) > maxShort {
		return string(r[:maxShort-1]) + "…"
	}
	return s
}
