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
	"strconv"
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the casualty figures.
type Annotator struct{}

const (
	rule      = "casualty.number"
	sure      = 0.8
	sureWords = 0.6 // for "dozens"
	// reach is how many tokens may lie between a number and what happened.
	reach = 10
)

// statuses are the words that say what happened to people.
var statuses = build(map[events.CasualtyStatus]string{
	events.Killed:    "killed dead died deaths death dying kill kills killing slain executed fatalities massacred",
	events.Wounded:   "wounded injured injuries hurt injuring wounding",
	events.Missing:   "missing unaccounted",
	events.Captured:  "captured",
	events.Abducted:  "abducted kidnapped hostages",
	events.Detained:  "detained arrested",
	events.Released:  "released freed",
	events.Displaced: "displaced homeless",
})

// populations are nouns for people.
var populations = language.Set(`people soldiers civilians troops children women men fighters militants officers police policemen
	person personnel residents villagers protesters journalists workers migrants refugees prisoners hostages passengers
	rebels servicemen others victims casualties demonstrators students peacekeepers members civilian soldier child
	woman man gunmen hundred`)

// amounts are numbers in words; vague are words for amounts that nobody counted.
var (
	amounts = map[string]int64{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
		"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
	vague  = language.Set("dozens hundreds thousands scores several many tens")
	scales = map[string]int64{"hundred": 100, "thousand": 1000, "million": 1_000_000}
	// measured are words behind a number that make it no number of people.
	measured = language.Set(`% per percent km kilometres kilometers miles metres meters years year year-old days day hours weeks months
		tonnes tons degrees dollars euros drones missiles rockets tanks houses homes buildings vehicles times pm am countries
		aircraft strikes shells attacks`)
	months = language.Set("january february march april may june july august september october november december")
)

func build(lists map[events.CasualtyStatus]string) map[string]events.CasualtyStatus {
	out := map[string]events.CasualtyStatus{}
	for status, list := range lists {
		for w := range language.Set(list) {
			out[w] = status
		}
	}
	return out
}

// Annotate fills Document.Findings.Casualties, in the order of the text.
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
	seen      map[string]int
	statement int // the first statement that may still hold a figure
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

// amount reads the number that begins at a token: in digits, in words, or vague (nil).
func (f *finder) amount(i, last int) (value *int64, end int) {
	t := &f.Tokens[i]
	var n int64
	switch {
	case t.Kind == language.Number:
		v, err := strconv.ParseInt(strings.ReplaceAll(t.Lower, ",", ""), 10, 64)
		if err != nil {
			return nil, i
		}
		n = v
	case vague[t.Lower]:
		return nil, i + 1
	default:
		tens, unit, _ := strings.Cut(t.Lower, "-")
		v, ok := amounts[tens]
		if !ok || unit != "" && amounts[unit] == 0 {
			return nil, i
		}
		n = v + amounts[unit]
	}
	end = i + 1
	for end < last && scales[f.Tokens[end].Lower] > 0 && n < 1_000_000 {
		n *= scales[f.Tokens[end].Lower]
		end++
	}
	return &n, end
}

// measure says whether what stands around a number makes it no number of people.
func (f *finder) measure(i, end int, s *language.Sentence) bool {
	if end < s.Last && (measured[f.Tokens[end].Lower] || months[f.Tokens[end].Lower]) {
		return true
	}
	if i == s.First {
		return false
	}
	before := f.Tokens[i-1].Lower
	return months[before] || before == "$" || before == "£" || before == "€" || before == "since" || before == "aged" ||
		before == "in" && f.Tokens[i].Kind == language.Number && f.Tokens[i].Len() == 4 || before == ":"
}

// figure adds the figure of a number, if anything happened to that many people.
func (f *finder) figure(s, i, end int, n *int64) {
	sentence := &f.Sentences[s]
	status, at := f.status(i, end, sentence)
	if status == "" {
		return
	}
	x := events.CasualtyFigure{Status: status, Value: n, Low: n, LowInclusive: true, High: n, Scope: "event"}
	x.Figure = f.Span(language.Range{Start: f.Tokens[i].Start, End: f.Tokens[end-1].End})
	first := f.qualify(&x, i, sentence)
	for k := end; k < min(end+6, sentence.Last); k++ {
		if populations[f.Tokens[k].Lower] {
			x.Population = f.Words(language.Range{Start: f.Tokens[end].Start, End: f.Tokens[k].End})
			break
		}
	}
	if m := f.MentionIn(end, max(at, min(end+4, sentence.Last))); m != nil && m.Actor.Party != nil {
		side := f.Actor(m)
		x.Side = &side
	}
	f.source(&x, s)
	x.Rule, x.Confidence = rule, sure
	if n == nil {
		x.Confidence = sureWords
	}
	from, to := min(first, at), max(end-1, at)
	f.keep(x, s, language.Range{Start: f.Tokens[from].Start, End: f.Tokens[to].End}, f.Tokens[at].Range)
}

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
	for k := i - 1; k >= max(s.First, i-5); k-- {
		w := f.Tokens[k].Lower
		if status, ok := statuses[w]; ok && (people || w == "killing" || w == "killed" || w == "kills" || w == "wounding" || w == "injuring") {
			return status, k
		}
		if w == "," || w == "." {
			break
		}
	}
	return "", 0
}

// hedges are the words before a number that qualify it.
var hedges = []struct {
	words []string
	q     events.Qualifier
}{
	{[]string{"more", "than"}, events.MoreThan}, {[]string{"over"}, events.MoreThan}, {[]string{"at", "least"}, events.AtLeast},
	{[]string{"about"}, events.About}, {[]string{"around"}, events.About}, {[]string{"some"}, events.About},
	{[]string{"nearly"}, events.About}, {[]string{"almost"}, events.About}, {[]string{"up", "to"}, events.UpTo},
	{[]string{"as", "many", "as"}, events.UpTo}, {[]string{"fewer", "than"}, events.FewerThan}, {[]string{"less", "than"}, events.FewerThan},
}

// qualify fills the hedge before a number and what it does to the bounds, and gives the
// first token of the figure with it.
func (f *finder) qualify(x *events.CasualtyFigure, i int, s *language.Sentence) int {
	if x.Value == nil {
		x.Qualifier, x.QualifierText = events.Vague, x.Figure.Text
		x.LowInclusive = false
	}
	for _, h := range hedges {
		from := i - len(h.words)
		if from < s.First || !f.stands(from, h.words) {
			continue
		}
		x.Qualifier = h.q
		x.QualifierText = f.Words(language.Range{Start: f.Tokens[from].Start, End: f.Tokens[i-1].End})
		switch h.q {
		case events.MoreThan:
			x.High, x.LowInclusive = nil, false
		case events.AtLeast:
			x.High = nil
		case events.UpTo, events.FewerThan:
			x.Low, x.LowInclusive = nil, false
		case events.About:
			x.Low, x.High, x.LowInclusive = nil, nil, false
		}
		return from
	}
	return i
}

func (f *finder) stands(from int, words []string) bool {
	for k, w := range words {
		if f.Tokens[from+k].Lower != w {
			return false
		}
	}
	return true
}

// source fills whose number it is: the speaker of the statement that it stands in.
func (f *finder) source(x *events.CasualtyFigure, s int) {
	list := f.Findings.Statements
	start := x.Figure.Start
	for f.statement < len(list) && list[f.statement].Paragraph < f.Sentences[s].Paragraph {
		f.statement++
	}
	for i := f.statement; i < len(list) && list[i].Paragraph == f.Sentences[s].Paragraph; i++ {
		for _, p := range list[i].Parts {
			if p.Start <= start && start < p.End {
				speaker := list[i].Speaker
				x.Source, x.Statement = &speaker, list[i].ID
				return
			}
		}
	}
}

func (f *finder) keep(x events.CasualtyFigure, s int, span, cue language.Range) {
	f.Place(&x.Finding, s, span, cue)
	key := string(x.Status) + "|" + x.Span.Text
	f.seen[key]++
	x.ID = events.ID("ca", key, strconv.Itoa(f.seen[key]))
	f.Findings.Casualties = append(f.Findings.Casualties, x)
}
