// Package repeat tells which findings of an article are mentions of one fact: a headline
// says what the first paragraph says again. It reads the conditions, denials, sanctions
// and figures, and writes their groups, nothing else of them.
//
// In
//
//	Keth imposes sanctions on Ostreya
//
//	Keth imposed sanctions on Ostreya's shipping on Tuesday.
//
// both sanctions get one group, so that they make one alert. A finding that is not
// repeated has no group.
package repeat

import (
	"strconv"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the groups of findings.
type Annotator struct{}

// Annotate fills the Group of every finding that another one repeats.
func (Annotator) Annotate(d *language.Document) {
	found := &d.Findings
	var conditions, denials, sanctions, casualties groups
	for i := range found.Conditions {
		c := &found.Conditions[i]
		conditions.add(&c.Finding, party(&c.Setter)+" "+string(c.Polarity)+" "+unspecified(c), terms(d, c.Span))
	}
	for i := range found.Denials {
		x := &found.Denials[i]
		denials.add(&x.Finding, party(&x.Denier), terms(d, x.Span))
	}
	for i := range found.Sanctions {
		x := &found.Sanctions[i]
		sanctions.add(&x.Finding, string(x.Status)+" "+party(x.Imposer)+" "+party(&x.Target), nil)
	}
	for i := range found.Casualties {
		x := &found.Casualties[i]
		if x.Value != nil {
			casualties.add(&x.Finding, string(x.Status)+" "+strconv.FormatInt(*x.Value, 10)+" "+party(x.Source), nil)
		}
	}
}

// unspecified sets conditions that are only announced apart: they have no words to compare.
func unspecified(c *events.Condition) string {
	if c.Type == events.AnnouncedUnspecified {
		return string(c.Type)
	}
	return ""
}

func party(a *events.Actor) string {
	switch {
	case a == nil:
		return ""
	case a.Party != nil:
		return a.Party.ID
	}
	return a.Name
}

// groups are the facts of one kind found so far.
type groups []group

// group is one fact by the finding that told it first.
type group struct {
	first *events.Finding
	// slot has to be equal; of the terms, most.
	slot  string
	terms map[string]bool
}

// compared is how many of the last facts a finding is compared with, so that a text full
// of findings costs no more than its length.
const compared = 64

// add puts a finding into the group of the fact that it repeats, or makes it a fact.
func (g *groups) add(f *events.Finding, slot string, terms map[string]bool) {
	all := *g
	for i := max(0, len(all)-compared); i < len(all); i++ {
		if all[i].slot == slot && alike(all[i].terms, terms) {
			all[i].first.Group = events.ID("gr", all[i].first.ID)
			f.Group = all[i].first.Group
			return
		}
	}
	*g = append(all, group{f, slot, terms})
}

// most is the share of the terms of the shorter wording that the longer one has too.
const most = 0.6

// alike says whether two wordings are of one fact. Two without terms are told apart by
// their slot alone.
func alike(a, b map[string]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	common := 0
	for term := range a {
		if b[term] {
			common++
		}
	}
	return len(b) == 0 || common > 1 && float64(common) >= most*float64(len(a))
}

const (
	// shortest is the length from which a word is taken to have content, stem the number
	// of letters by which its forms are told to be one.
	shortest = 4
	stem     = 6
	maxTerms = 64
)

// terms gives the content words of a span, cut to their stems.
func terms(d *language.Document, s events.Span) map[string]bool {
	out := map[string]bool{}
	from, to := d.Bounds(d.Bytes(s))
	for i := from; i < to && len(out) < maxTerms; i++ {
		if t := &d.Tokens[i]; t.Len() >= shortest || t.Kind == language.Number {
			out[t.Lower[:min(stem, len(t.Lower))]] = true
		}
	}
	return out
}
