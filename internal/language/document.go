package language

import (
	"sort"
	"time"
	"unicode/utf8"

	"readout/pkg/events"
)

// Annotator adds one layer to a document.
type Annotator interface{ Annotate(*Document) }

// Pipeline runs annotators in order; it is one itself. A document that is cancelled
// goes through no further annotator.
type Pipeline []Annotator

// Annotate runs the annotators one after the other.
func (p Pipeline) Annotate(d *Document) {
	for _, a := range p {
		if d.Cancelled() {
			return
		}
		a.Annotate(d)
	}
}

// Range is a stretch of the text in bytes, end exclusive.
type Range struct{ Start, End int }

// Len gives the length in bytes.
func (r Range) Len() int { return r.End - r.Start }

// Contains says whether the other range lies within this one.
func (r Range) Contains(o Range) bool { return r.Start <= o.Start && o.End <= r.End }

// Overlaps says whether the ranges share a byte.
func (r Range) Overlaps(o Range) bool { return r.Start < o.End && o.Start < r.End }

// Document is a text and what has been found in it so far.
type Document struct {
	// Text is frozen.
	Text string
	// Published is when the text was brought out, zero where that is not known. It is set
	// before anything is read.
	Published time.Time
	// Paragraphs are the lines that hold anything. Writer: Paragraphs.
	Paragraphs []Paragraph
	// Tokens are words, numbers and marks, in order. Writer: Words; what a token
	// is in its sentence is written by Syntax.
	Tokens []Token
	// States are what the network that parses knows of the tokens, StateWidth numbers of
	// each. Writer: Syntax; reading/statement drops them once it has read them.
	States []int8
	// Sentences cover the paragraphs. Writer: Sentences.
	Sentences []Sentence
	// Names are the persons, organisations, places, peoples, times and numbers, in order;
	// none overlaps another. Writer: language/name.
	Names []Name
	// Quotations are the stretches between quotation marks. Writer: reading/quotation.
	Quotations []Quotation
	// Mentions are the words that stand for somebody. Writer: reading/mention.
	Mentions []Mention
	// Findings are what goes onto the wire. Each list has one writer.
	Findings events.Findings

	runes     []int // code points before each block of the text; nil until a span is asked for
	cancelled func() bool
}

// New makes a document without any layer. cancelled is asked now and then whether to
// give up; nil never gives up.
func New(text string, cancelled func() bool) *Document {
	return &Document{Text: text, cancelled: cancelled}
}

// Cancelled says whether the reading is to be given up. Long loops ask it.
func (d *Document) Cancelled() bool { return d.cancelled != nil && d.cancelled() }

// block is how many bytes lie between two counts of code points.
const block = 256

// counts gives how many code points lie before every block, so that a place is found by
// counting within one. They are counted when they are first asked for: nothing is found in
// most articles, and counting takes 2 µs.
func (d *Document) counts() []int {
	if d.runes == nil {
		d.count()
	}
	return d.runes
}

func (d *Document) count() {
	d.runes = make([]int, 0, len(d.Text)/block+2)
	n := 0
	for i := 0; i < len(d.Text); i += block {
		d.runes = append(d.runes, n)
		n += starts(d.Text[i:min(i+block, len(d.Text))])
	}
	d.runes = append(d.runes, n)
}

// starts counts the bytes that begin a code point.
func starts(s string) int {
	n := 0
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

// point gives the number of code points before a byte.
func (d *Document) point(at int) int {
	return d.counts()[at/block] + starts(d.Text[at/block*block:at])
}

// Span gives a range as it goes onto the wire: in code points, with its words.
func (d *Document) Span(r Range) events.Span {
	return events.Span{Start: d.point(r.Start), End: d.point(r.End), Text: d.Text[r.Start:r.End]}
}

// Bytes gives the range of a span that was made from this document.
func (d *Document) Bytes(s events.Span) Range {
	runes := d.counts()
	b := sort.Search(len(runes), func(i int) bool { return runes[i] > s.Start }) - 1
	at, n := min(b*block, len(d.Text)), runes[b]
	for at < len(d.Text) && (n < s.Start || !utf8.RuneStart(d.Text[at])) {
		if utf8.RuneStart(d.Text[at]) {
			n++
		}
		at++
	}
	for at < len(d.Text) && !utf8.RuneStart(d.Text[at]) {
		at++
	}
	return Range{at, min(at+len(s.Text), len(d.Text))}
}

// Bounds gives the tokens of a range, the last exclusive.
func (d *Document) Bounds(r Range) (first, last int) {
	return d.TokenAt(r.Start), sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Start >= r.End })
}

// Readable says whether a sentence belongs to the article itself and not to the page
// around it.
func (d *Document) Readable(s int) bool {
	zone := d.Paragraphs[d.Sentences[s].Paragraph].Zone
	return zone != events.ZoneFurniture && zone != events.ZoneCaption
}

// Subject gives the nearest mention before a token of a sentence that may be the subject
// of a verb there: it stands outside of quotations, at most reach tokens away, and a
// single comma does not part it from the verb; nil for none.
func (d *Document) Subject(token int, s *Sentence, reach int) *Mention {
	k := sort.Search(len(d.Mentions), func(k int) bool { return d.Mentions[k].Start >= d.Tokens[token].Start })
	for k--; k >= 0 && d.Mentions[k].Start >= s.Start && d.TokenAt(d.Mentions[k].Start) >= token-reach; k-- {
		if m := &d.Mentions[k]; m.Acts() && d.QuotationAt(m.Start) == nil && !d.parted(m, token) {
			return m
		}
	}
	return nil
}

// parted says whether what lies between a mention and a verb parts them: one comma does,
// two enclose an aside, and before a participle a comma keeps the subject.
func (d *Document) parted(m *Mention, verb int) bool {
	commas := 0
	for i := d.TokenAt(m.End); i < verb; i++ {
		if d.Tokens[i].Lower == "," {
			commas++
		}
	}
	return commas == 1 && d.Tokens[verb-1].Lower != ","
}

// MentionIn gives the first mention that begins between two tokens, nil for none.
func (d *Document) MentionIn(from, to int) *Mention {
	if from >= to || from >= len(d.Tokens) {
		return nil
	}
	k := sort.Search(len(d.Mentions), func(k int) bool { return d.Mentions[k].Start >= d.Tokens[from].Start })
	if k < len(d.Mentions) && d.Mentions[k].Start < d.Tokens[to-1].End {
		return &d.Mentions[k]
	}
	return nil
}

// MentionEnding gives the mention that a token ends, nil for none.
func (d *Document) MentionEnding(token int) *Mention {
	end := d.Tokens[token].End
	k := sort.Search(len(d.Mentions), func(k int) bool { return d.Mentions[k].End >= end })
	if k < len(d.Mentions) && d.Mentions[k].End == end {
		return &d.Mentions[k]
	}
	return nil
}

// Actor gives who a mention stands for, with the words that stand there.
func (d *Document) Actor(m *Mention) events.Actor {
	a := m.Actor
	span := d.Span(m.Range)
	a.Mention = &span
	return a
}

// Place fills where a finding stands and what makes it.
func (d *Document) Place(f *events.Finding, s int, span, cue Range) {
	mark := d.Span(cue)
	f.Span, f.Cue = d.Span(span), &mark
	f.Paragraph, f.Zone = d.Sentences[s].Paragraph, d.Paragraphs[d.Sentences[s].Paragraph].Zone
}

// Words gives the text of a range.
func (d *Document) Words(r Range) string { return d.Text[r.Start:r.End] }

// SentenceAt gives the index of the sentence that holds a byte, or of the next one.
func (d *Document) SentenceAt(at int) int {
	return sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > at })
}

// TokenAt gives the index of the first token that ends after a byte.
func (d *Document) TokenAt(at int) int {
	return sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > at })
}

// QuotationAt gives the quotation that holds a byte, nil for none.
func (d *Document) QuotationAt(at int) *Quotation {
	i := sort.Search(len(d.Quotations), func(i int) bool { return d.Quotations[i].Inside.End > at })
	if i < len(d.Quotations) && d.Quotations[i].Inside.Start <= at {
		return &d.Quotations[i]
	}
	return nil
}

// Paragraph is a line of the text.
type Paragraph struct {
	Range
	Zone events.Zone
}

// Sentence is a sentence of a paragraph.
type Sentence struct {
	Range
	// Paragraph is the index of its paragraph.
	Paragraph int
	// First and Last bound its tokens, Last exclusive.
	First, Last int
}

// NameType is a sort of name.
type NameType uint8

// The sorts of names. NoName stands for what has none of them: "Christmas carol".
const (
	NoName NameType = iota
	PersonName
	OrganizationName
	PlaceName
	NationalityName
	TimeName
	NumberName
)

var nameTypes = [...]string{"none", "person", "organization", "place", "nationality", "time", "number"}

// String gives the word for a sort of name.
func (t NameType) String() string { return nameTypes[min(int(t), len(nameTypes)-1)] }

// Name is a stretch of tokens that names somebody or something.
type Name struct {
	// First and Last bound its tokens, Last exclusive.
	First, Last int
	Type        NameType
	// Confidence is how likely a name of this type begins here, by the models; 0 to 1.
	Confidence float64
}

// NameAt gives the name that holds a token, nil for none.
func (d *Document) NameAt(token int) *Name {
	i := sort.Search(len(d.Names), func(i int) bool { return d.Names[i].Last > token })
	if i < len(d.Names) && d.Names[i].First <= token {
		return &d.Names[i]
	}
	return nil
}

// Quotation is a stretch between quotation marks.
type Quotation struct {
	// Inside leaves the marks out, Outside takes them in.
	Inside, Outside Range
	Paragraph       int
	// Open is true where the closing mark is missing.
	Open bool
	// Continued is true where it goes on from a quotation that the paragraph before left
	// open.
	Continued bool
}

// Mention is a stretch of words that stands for somebody.
type Mention struct {
	Range
	// Actor is who it stands for, without the mention itself; its name is empty for a
	// pronoun nobody fits.
	Actor events.Actor
	// Pronoun is true for he, she, it, they, we and I.
	Pronoun bool
	// Possessive is true where "'s" follows: it owns what comes after and does nothing.
	Possessive bool
	// Adjective is true for "Russian" before a thing, Governed behind a preposition:
	// neither is the subject of a verb.
	Adjective, Governed bool
}

// Acts says whether a mention may be the subject of a verb.
func (m *Mention) Acts() bool { return !m.Possessive && !m.Adjective && !m.Governed }

// nearby is how many statements away in the list one may be that stands within another.
const nearby = 8

// Retold says whether what stands at a byte in the k-th statement is what its speaker
// reports of another: a statement of its own there came via him.
func (d *Document) Retold(k, at int) bool {
	list := d.Findings.Statements
	for i := max(0, k-nearby); i < min(len(list), k+nearby); i++ {
		if i == k || len(list[i].Via) == 0 || len(list[i].Via) <= len(list[k].Via) {
			continue
		}
		for _, p := range list[i].Parts {
			if r := d.Bytes(p); r.Start <= at && at < r.End {
				return true
			}
		}
	}
	return false
}
