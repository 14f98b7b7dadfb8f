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
	_ "embed"
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

//go:embed words.txt
var wordFile string

// Read once, never changed.
var (
	words = language.Lists(wordFile)

	nouns      = words["nouns"]
	increments = words["increments"]
	onto       = words["onto"]
	sectors    = words["sectors"]
	branches   = words["branches"]
	between    = words["between"]
	senders    = words["senders"]
	be         = words["be"]
	verbs      = statuses(words)
)

// pairs are two words that together name a sanction.
var pairs = map[string]string{"asset": "freeze", "assets": "freeze", "travel": "ban", "arms": "embargo", "price": "cap", "export": "controls"}

// statuses gives the status that a verb tells. The lists of verbs bear its name.
func statuses(lists map[string]map[string]bool) map[string]events.SanctionStatus {
	out := map[string]events.SanctionStatus{}
	for _, status := range []events.SanctionStatus{events.SanctionImposed, events.SanctionCalledFor, events.SanctionConsidered,
		events.SanctionThreatened, events.SanctionProposed, events.SanctionAgreed, events.SanctionExtended, events.SanctionTightened,
		events.SanctionKept, events.SanctionEased, events.SanctionSuspended, events.SanctionLifted, events.SanctionEvaded} {
		for w := range lists[string(status)] {
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
	// last is the sanction before, which a bare "the sanctions" means.
	last *events.Sanction
}

func (f *finder) sentence(s int) {
	sentence := &f.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		if f.named(i, sentence.Last) {
			i = max(i, f.noun(s, i))
		}
	}
}

// noun reads the sanction that a noun names, and gives the last token that it takes.
func (f *finder) noun(s, i int) int {
	sentence := &f.Sentences[s]
	x := events.Sanction{}
	first := f.modifiers(&x, i, sentence)
	verb, passive := f.status(&x, first, i, sentence)
	first = min(first, verb)
	last := max(passive, f.target(&x, i, sentence))
	if x.Target.Name == "" && x.Status == "" {
		return i
	}
	x.Rule, x.Confidence = rule, sure
	f.complete(&x)
	f.keep(x, s, language.Range{Start: f.Tokens[first].Start, End: f.Tokens[last].End}, f.Tokens[i].Range)
	return last
}

// complete fills what the words beside the noun leave out. A bare "the sanctions" means
// those of the sentence before.
func (f *finder) complete(x *events.Sanction) {
	if x.Target.Name == "" || x.Status == "" {
		x.Confidence = sureBare
	}
	if x.Target.Name == "" && f.last != nil {
		x.Target = f.last.Target
		if x.Imposer == nil {
			x.Imposer = f.last.Imposer
		}
	}
	if x.Status == "" {
		x.Status = events.SanctionImposed
	}
	if x.Target.Name != "" {
		f.last = x
	}
}

// named says whether a token names a sanction as a thing: the verb "sanctioned", which
// may mean approved, does not.
func (f *finder) named(i, last int) bool {
	t := &f.Tokens[i]
	if second, ok := pairs[t.Lower]; ok {
		return i+1 < last && f.Tokens[i+1].Lower == second
	}
	return nouns[t.Lower] && t.Lower != "sanction" || t.Lower == "sanction" && i+1 < last && onto[f.Tokens[i+1].Lower]
}

func (f *finder) keep(x events.Sanction, s int, span, cue language.Range) {
	f.Place(&x.Finding, s, span, cue)
	key := string(x.Status) + "|" + x.Target.Name + "|" + x.Span.Text
	f.seen[key]++
	x.ID = events.ID("sa", key, strconv.Itoa(f.seen[key]))
	f.Findings.Sanctions = append(f.Findings.Sanctions, x)
}
