package casualty

import (
	"strconv"
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// amounts are numbers in words, scales what multiplies them.
var (
	amounts = map[string]int64{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
		"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
	scales = map[string]int64{"hundred": 100, "thousand": 1000, "million": 1_000_000}
)

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
		v, ok := amounts[t.Lower]
		if !ok {
			return nil, i
		}
		n = v
	}
	end = i + 1
	if _, joined := f.Compound(i); joined == i+3 && t.Kind == language.Word && n >= 20 { // "twenty-three"
		n += amounts[f.Tokens[i+2].Lower]
		end = joined
	}
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
	if first, last := f.Compound(i); first < i || last > end {
		return true // "a 40-year-old", "the 12-mile road", "Route-7"
	}
	if i == s.First {
		return false
	}
	// "in 2014", "the 2014 protests": four digits without a comma are a year.
	t := &f.Tokens[i]
	year := t.Kind == language.Number && t.Len() == 4 && (t.Lower[0] == '1' || t.Lower[0] == '2')
	return before[f.Tokens[i-1].Lower] || year
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
