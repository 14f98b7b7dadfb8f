// Package casualty finds numbers of people hurt. It reads sentences, mentions and
// statements and writes the findings of kind CasualtyFigure.
//
// In
//
//	At least 40 soldiers were killed, the health ministry of Keth said.
//
// the value is 40, the qualifier "at least", the status killed, the population
// "soldiers", the source the ministry. "40 soldiers arrived" and "a 40-year-old was
// killed" hold no figure.
package casualty

import (
	_ "embed"
	"strconv"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the casualty figures.
type Annotator struct{}

const (
	rule      = "casualty.number"
	sure      = 0.8
	sureWords = 0.6 // for "dozens"
)

//go:embed words.txt
var wordFile string

// Read once, never changed.
var (
	words = language.Lists(wordFile)

	acting      = words["acting"]
	populations = words["populations"]
	military    = words["military"]
	civil       = words["civil"]
	vague       = words["vague"]
	measured    = words["measured"]
	months      = words["months"]
	before      = words["before"]
	statuses    = byStatus(words)
)

// byStatus gives what a word says happened to people. The lists bear the status as name.
func byStatus(lists map[string]map[string]bool) map[string]events.CasualtyStatus {
	out := map[string]events.CasualtyStatus{}
	for _, status := range []events.CasualtyStatus{events.Killed, events.Wounded, events.Missing, events.Captured,
		events.Abducted, events.Detained, events.Released, events.Displaced} {
		for w := range lists[string(status)] {
			out[w] = status
		}
	}
	return out
}

// Annotate fills Document.Findings.Casualties, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	f := &finder{Document: d, seen: map[string]int{}, said: saidIn(d.Findings.Statements)}
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
	said []said
	// last is the figure before, whose status a list takes over: "28 dead, including 17
	// soldiers".
	last struct {
		sentence, end int
		status        events.CasualtyStatus
	}
}

func (f *finder) sentence(s int) {
	sentence := &f.Sentences[s]
	for i := sentence.First; i < sentence.Last; {
		n, end := f.amount(i, sentence.Last)
		if end == i || f.measure(i, end, sentence) {
			i++
			continue
		}
		f.figure(s, i, end, n)
		i = end
	}
}

// figure adds the figure of a number, if anything happened to that many people.
func (f *finder) figure(s, i, end int, n *int64) {
	sentence := &f.Sentences[s]
	status, at := f.status(i, end, sentence)
	if status == "" {
		if status = f.listed(s, i, end); status == "" {
			return
		}
		at = min(end, sentence.Last-1)
	}
	f.last.sentence, f.last.end, f.last.status = s, end, status
	x := events.CasualtyFigure{Status: status, Value: n, Low: n, LowInclusive: true, High: n, Scope: "event"}
	x.Figure = f.Span(language.Range{Start: f.Tokens[i].Start, End: f.Tokens[end-1].End})
	first := f.qualify(&x, i, sentence)
	last := f.people(&x, end, sentence)
	f.side(&x, end, max(at, last, min(end+sideReach, sentence.Last)))
	f.source(&x)
	x.Rule, x.Confidence = rule, sure
	if n == nil {
		x.Confidence = sureWords
	}
	from, to := min(first, at), max(end-1, at)
	f.keep(x, s, language.Range{Start: f.Tokens[from].Start, End: f.Tokens[to].End}, f.Tokens[at].Range)
}

const (
	// reach is how many tokens may lie between a number and what happened behind it,
	// reachBack before it.
	reach     = 10
	reachBack = 5
	// peopleReach and sideReach are how many tokens behind a number tell who they are,
	// and whose.
	peopleReach = 6
	sideReach   = 4
)

// status looks for what happened, behind the number or, as in "killed 40 people", just
// before it, and gives the token that says so.
func (f *finder) status(i, end int, s *language.Sentence) (events.CasualtyStatus, int) {
	people := false
	for k := end; k < min(end+reach, s.Last); k++ {
		w := f.Tokens[k].Lower
		if status, ok := statuses[w]; ok {
			return status, k
		}
		people = people || populations[w]
		if w == "." || w == ";" || f.Tokens[k].Kind == language.Number || k > end && amounts[w] > 0 {
			break
		}
	}
	for k := i - 1; k >= max(s.First, i-reachBack); k-- {
		w := f.Tokens[k].Lower
		if status, ok := statuses[w]; ok && (people || acting[w]) {
			return status, k
		}
		if w == "," || w == "." {
			break
		}
	}
	return "", 0
}

// listReach is how many tokens may lie between two figures of one list.
const listReach = 8

// listed gives the status of a figure that only goes on with a list: people follow it,
// and "including" or "and" stands between it and the figure before.
func (f *finder) listed(s, i, end int) events.CasualtyStatus {
	sentence := &f.Sentences[s]
	if f.last.sentence != s || f.last.status == "" || i-f.last.end > listReach || i == f.last.end {
		return ""
	}
	if end >= sentence.Last || !populations[f.Tokens[end].Lower] && !f.Tokens[end].Capital {
		return ""
	}
	for k := f.last.end; k < i; k++ {
		if w := f.Tokens[k].Lower; w == "including" || w == "and" && k == i-1 {
			return f.last.status
		}
	}
	return ""
}

// people reads who they are: "soldiers". It gives the token behind.
func (f *finder) people(x *events.CasualtyFigure, end int, s *language.Sentence) int {
	x.Combatant = "unknown"
	for k := end; k < min(end+peopleReach, s.Last); k++ {
		w := f.Tokens[k].Lower
		if !populations[w] {
			continue
		}
		x.Population = f.Words(language.Range{Start: f.Tokens[end].Start, End: f.Tokens[k].End})
		if military[w] {
			x.Combatant = "military"
		} else if civil[w] {
			x.Combatant = "civilian"
		}
		return k + 1
	}
	return end
}

func (f *finder) keep(x events.CasualtyFigure, s int, span, cue language.Range) {
	f.Place(&x.Finding, s, span, cue)
	key := string(x.Status) + "|" + x.Span.Text
	f.seen[key]++
	x.ID = events.ID("ca", key, strconv.Itoa(f.seen[key]))
	f.Findings.Casualties = append(f.Findings.Casualties, x)
}
