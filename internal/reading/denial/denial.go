// Package denial finds who says that something is not so, or that it will not be done. It
// reads sentences, mentions and statements and writes the findings of kind Denial.
//
// In
//
//	Keth's army denied the loss of the bridge, calling the report "invented".
//
// the denier is Keth's army, what is denied the loss of the bridge. "The guards denied
// him entry" denies nothing that was claimed, and "he could not deny it" denies nothing.
package denial

import (
	_ "embed"
	"sort"
	"strconv"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the denials.
type Annotator struct{}

// The rules, and how sure each is.
const (
	ruleVerb      = "denial.verb"
	ruleNegation  = "denial.negation"
	ruleRefusal   = "denial.refusal"
	ruleLying     = "denial.lying"
	sureVerb      = 0.85
	sureStatement = 0.65
)

//go:embed words.txt
var wordFile string

// Read once, never changed.
var (
	words = language.Lists(wordFile)

	named     = words["named"]
	claims    = words["claims"]
	proposals = words["proposals"]
	terms     = words["terms"]
	permits   = words["permits"]
	evasive   = words["evasive"]
	undone    = words["undone"]
	ends      = words["ends"]
	will      = words["will"]
	yields    = words["yields"]
	untrue    = words["untrue"]
	judging   = words["judging"]
	depends   = words["depends"]
)

// verbs give the type of denial that a verb makes; two words are joined by "_".
var verbs = typed(map[events.DenialType]map[string]bool{
	events.DenialOfFact: words["fact"], events.RejectionOfProposal: words["reject"], events.Refusal: words["refuse"],
})

func typed(lists map[events.DenialType]map[string]bool) map[string]events.DenialType {
	out := map[string]events.DenialType{}
	for kind, list := range lists {
		for w := range list {
			out[w] = kind
		}
	}
	return out
}

// Annotate fills Document.Findings.Denials, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	f := &finder{Document: d, seen: map[string]int{}, denied: map[int]bool{}}
	for s := range d.Sentences {
		if !d.Readable(s) {
			continue
		}
		f.verbs(s)
		if d.Cancelled() {
			return
		}
	}
	for i := range d.Findings.Statements {
		f.said(i)
	}
	list := d.Findings.Denials
	sort.SliceStable(list, func(i, j int) bool { return list[i].Span.Start < list[j].Span.Start })
}

type finder struct {
	*language.Document
	seen map[string]int
	// denied are the sentences that hold a verb of denying.
	denied map[int]bool
}

func (f *finder) keep(den events.Denial, s int, span, cue language.Range, rule string, sure float64) {
	f.Place(&den.Finding, s, span, cue)
	den.Rule, den.Confidence = rule, sure
	key := den.Denier.Name + "|" + den.Span.Text
	f.seen[key]++
	den.ID = events.ID("de", den.Denier.Name, den.Span.Text, strconv.Itoa(f.seen[key]))
	f.Findings.Denials = append(f.Findings.Denials, den)
}
