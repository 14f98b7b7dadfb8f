// Package condition finds what somebody makes something else depend on. It reads
// sentences, mentions and statements and writes the findings of kind Condition.
//
// In
//
//	"Varland will sign only if the road is opened," Ada Reen said.
//
// the setter is Ada Reen, on signing, and what is required that the road is opened. It
// looks for structures inside what somebody is reported to say, so that the narrator's
// own "if" sets nothing; and "asked if" is a question, not a condition.
package condition

import (
	_ "embed"
	"sort"
	"strconv"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the conditions.
type Annotator struct{}

// The rules, and how sure each is.
const (
	ruleSubordinate = "condition.subordinate"
	ruleAnnounced   = "condition.announced"
	ruleQualified   = "condition.qualified"
	ruleOptions     = "condition.options"
	ruleModal       = "condition.modal"
	ruleRefused     = "condition.no_conditions"
	ruleDepends     = "condition.depends"
	ruleDemand      = "condition.demand"
	ruleNarrated    = "condition.narrated"

	sureUnless    = 0.8
	sureIf        = 0.6
	sureAnnounced = 0.7
	sureNarrated  = 0.6
	sureDemand    = 0.55
	sureModal     = 0.45
)

//go:embed words.txt
var wordFile string

// Read once, never changed.
var (
	words = language.Lists(wordFile)

	questions    = words["questions"]
	idle         = words["idle"]
	conditions   = words["conditions"]
	reservations = words["reservations"]
	announcing   = words["announcing"]
	terms        = words["terms"]
	negations    = words["negations"]
	threats      = words["threats"]
	demanding    = words["demanding"]
	insisting    = words["insisting"]
	duty         = words["duty"]
	depending    = words["depending"]
)

// Annotate fills Document.Findings.Conditions, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	f := &finder{Document: d, seen: map[string]int{}, taken: map[int]bool{}}
	for i := range d.Findings.Statements {
		f.said(i)
		if d.Cancelled() {
			return
		}
	}
	for s := range d.Sentences {
		if d.Readable(s) {
			f.narrated(s)
		}
		if d.Cancelled() {
			return
		}
	}
	list := d.Findings.Conditions
	sort.SliceStable(list, func(i, j int) bool { return list[i].Span.Start < list[j].Span.Start })
}

type finder struct {
	*language.Document
	seen map[string]int
	// taken are the sentences in which a statement sets a condition.
	taken map[int]bool
}

// said looks for conditions in the sentences of the k-th statement.
func (f *finder) said(k int) {
	st := &f.Findings.Statements[k]
	if st.Speaker.Mention == nil || st.Act == events.ActQuestion && st.Kind == events.Indirect {
		return
	}
	for _, part := range st.Parts {
		r := f.Bytes(part)
		for s := f.SentenceAt(r.Start); s < len(f.Sentences) && f.Sentences[s].Start < r.End; s++ {
			f.sentence(k, s, language.Range{Start: max(r.Start, f.Sentences[s].Start), End: min(r.End, f.Sentences[s].End)})
		}
	}
}

// sentence looks for one condition in one sentence of the k-th statement. What is set
// there by another, whose words the speaker reports, is that one's alone.
func (f *finder) sentence(k, s int, r language.Range) {
	st := &f.Findings.Statements[k]
	from, to := f.Bounds(r)
	for i := from; i < to; i++ {
		if x, ok := f.structure(clause{i, from, to}); ok && !f.Retold(k, f.Tokens[i].Start) {
			c := events.Condition{Setter: st.Speaker}
			c.Statement = st.ID
			if len(st.Via) > 0 {
				c.ReportedBy = &st.Via[0]
			}
			f.fill(&c, x, i, from, to)
			f.keep(c, s, r, f.cue(i, x.cue), x)
			return
		}
	}
}

// fill gives a condition what its structure tells.
func (f *finder) fill(c *events.Condition, x structure, cue, from, to int) {
	c.Type, c.Polarity, c.Force = x.kind, x.polarity, events.ForceDemand
	if x.kind == events.IfThenOffer || x.kind == events.ConditionalCommitment {
		c.Force = events.ForceOffer
	}
	if x.splits {
		f.split(c, cue, cue+x.cue, from, to)
	}
}

// cue gives the range of some tokens from one on.
func (f *finder) cue(i, n int) language.Range {
	return language.Range{Start: f.Tokens[i].Start, End: f.Tokens[i+n-1].End}
}

func (f *finder) keep(c events.Condition, s int, span, cue language.Range, x structure) {
	f.Place(&c.Finding, s, span, cue)
	c.Rule, c.Confidence = x.rule, x.sure
	f.taken[s] = true
	key := c.Setter.Name + "|" + c.Span.Text
	f.seen[key]++
	c.ID = events.ID("co", c.Setter.Name, c.Span.Text, strconv.Itoa(f.seen[key]))
	f.Findings.Conditions = append(f.Findings.Conditions, c)
}
