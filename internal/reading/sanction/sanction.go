// Package sanction finds sanctions, from a call for them to their end. It reads sentences
// and mentions and writes the findings of kind Sanction.
//
// In
//
//	Ostreya imposed further sanctions on Varland's oil exports.
//
// the imposer is Ostreya, the target Varland, the status imposed, the increment
// "further". "The council sanctioned the plan" approves of one and is none.
package sanction

import (
	"strconv"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the sanctions.
type Annotator struct{}

const (
	rule     = "sanction.noun"
	sure     = 0.7
	sureBare = 0.45 // without a target or a verb of status
)

// nouns are what sanctions are called.
var nouns = language.Set("sanctions sanction embargo embargoes")

// pairs are two words that together name a sanction.
var pairs = map[string]string{"asset": "freeze", "assets": "freeze", "travel": "ban", "arms": "embargo", "price": "cap", "export": "controls"}

// verbs tell the status of a sanction.
var verbs = build(map[events.SanctionStatus]string{
	events.SanctionImposed:    "impose imposed imposes imposing place placed places slap slapped introduce introduced announce announced announces levy levied",
	events.SanctionCalledFor:  "call called calls calling urge urged urges demand demanded seek sought",
	events.SanctionConsidered: "consider considers considering considered weigh weighing mull mulling discuss discussing",
	events.SanctionThreatened: "threaten threatened threatens threatening warn warned",
	events.SanctionProposed:   "propose proposed proposes proposing plan planned plans",
	events.SanctionAgreed:     "agree agreed agrees approve approved adopt adopted",
	events.SanctionExtended:   "extend extended extends extending renew renewed prolong prolonged",
	events.SanctionTightened:  "tighten tightened tightening toughen toughened widen widened expand expanded",
	events.SanctionKept:       "keep kept maintain maintained retain retained",
	events.SanctionEased:      "ease eased easing relax relaxed loosen loosened waive waived",
	events.SanctionSuspended:  "suspend suspended suspending pause paused",
	events.SanctionLifted:     "lift lifted lifting remove removed revoke revoked end ended drop dropped",
	events.SanctionEvaded:     "evade evaded evading circumvent circumvented dodge dodging bypass",
})

var (
	increments = language.Set("further new fresh additional more first another sweeping tougher harsher")
	onto       = language.Set("on against over targeting")
	sectors    = language.Set("oil gas banking banks energy shipping defence defense aviation gold diamonds steel technology coal nuclear financial")
)

func build(lists map[events.SanctionStatus]string) map[string]events.SanctionStatus {
	out := map[string]events.SanctionStatus{}
	for status, list := range lists {
		for w := range language.Set(list) {
			out[w] = status
		}
	}
	return out
}

// Annotate fills Document.Findings.Sanctions, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	f := &finder{Document: d, seen: map[string]int{}}
	for s := range d.Sentences {
		if d.Readable(s) {
			f.sentence(s)
		}
		if d.Cancelled() {
			return
		}
	}
}

type finder struct {
	*language.Document
	seen map[string]int
}

func (f *finder) sentence(s int) {
	sentence := &f.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		if !f.named(i, sentence.Last) {
			continue
		}
		x := events.Sanction{}
		first, last := f.status(&x, i, sentence)
		last = max(last, f.target(&x, i, sentence))
		if x.Target.Name == "" && x.Status == "" {
			continue
		}
		x.Rule, x.Confidence = rule, sure
		if x.Target.Name == "" || x.Status == "" {
			x.Confidence = sureBare
		}
		if x.Status == "" {
			x.Status = events.SanctionImposed
		}
		f.keep(x, s, language.Range{Start: f.Tokens[first].Start, End: f.Tokens[last].End}, f.Tokens[i].Range)
		i = last
	}
}

// named says whether a token names a sanction as a thing: the verb "sanctioned", which
// may mean approved, does not.
func (f *finder) named(i, last int) bool {
	t := &f.Tokens[i]
	if second, ok := pairs[t.Lower]; ok {
		return i+1 < last && f.Tokens[i+1].Lower == second
	}
	return nouns[t.Lower]
}

// statusReach is how many tokens before the noun its verb may stand.
const statusReach = 8

// status fills the status, the increment and who is behind it, and gives the first and
// the last token of the finding so far.
func (f *finder) status(x *events.Sanction, i int, s *language.Sentence) (first, last int) {
	first = i
	for k := i - 1; k >= max(s.First, i-statusReach); k-- {
		w := f.Tokens[k].Lower
		if increments[w] && x.Increment == "" {
			x.Increment, first = w, k
			continue
		}
		status, ok := verbs[w]
		if !ok {
			continue
		}
		x.Status, first = status, k
		if m := f.Subject(k, s, 12); m != nil {
			first = min(first, f.TokenAt(m.Start))
			f.behind(x, m)
		}
		break
	}
	if x.Status == "" {
		f.passive(x, i, s)
	}
	return first, i
}

// behind files the subject of the verb: who calls for sanctions need not impose them.
func (f *finder) behind(x *events.Sanction, m *language.Mention) {
	actor := f.Actor(m)
	switch x.Status {
	case events.SanctionCalledFor:
		x.CalledBy = &actor
	case events.SanctionThreatened:
		x.ThreatenedBy, x.Imposer = &actor, &actor
	default:
		x.Imposer = &actor
	}
}

// passive looks for "sanctions were lifted".
func (f *finder) passive(x *events.Sanction, i int, s *language.Sentence) {
	for k := i + 1; k < min(i+10, s.Last); k++ {
		if status, ok := verbs[f.Tokens[k].Lower]; ok && f.helped(k) {
			x.Status = status
			if k+1 < s.Last && f.Tokens[k+1].Lower == "by" {
				if m := f.MentionIn(k+2, min(k+6, s.Last)); m != nil {
					f.behind(x, m)
				}
			}
			return
		}
	}
}

// helped says whether a form of "be" stands before a verb.
func (f *finder) helped(k int) bool {
	for j := max(0, k-3); j < k; j++ {
		switch f.Tokens[j].Lower {
		case "were", "was", "be", "been", "are", "is":
			return true
		}
	}
	return false
}

// target fills who the sanctions are against, and the sectors, and gives the last token
// of the finding.
func (f *finder) target(x *events.Sanction, i int, s *language.Sentence) int {
	for k := i + 1; k < min(i+4, s.Last); k++ {
		if !onto[f.Tokens[k].Lower] {
			continue
		}
		m := f.MentionIn(k+1, min(k+5, s.Last))
		if m == nil {
			return i
		}
		x.Target = f.Actor(m)
		last := f.TokenAt(m.End - 1)
		for j := last + 1; j < min(last+8, s.Last); j++ {
			switch w := f.Tokens[j].Lower; {
			case sectors[w]:
				x.Sectors = append(x.Sectors, w)
				last = j
			case w == "sector" || w == "sectors" || w == "exports" || w == "industry":
				last = j
			case w != "," && w != "and" && w != "'s" && w != "’s":
				return last
			}
		}
		return last
	}
	return i
}

func (f *finder) keep(x events.Sanction, s int, span, cue language.Range) {
	f.Place(&x.Finding, s, span, cue)
	key := string(x.Status) + "|" + x.Target.Name + "|" + x.Span.Text
	f.seen[key]++
	x.ID = events.ID("sa", key, strconv.Itoa(f.seen[key]))
	f.Findings.Sanctions = append(f.Findings.Sanctions, x)
}
