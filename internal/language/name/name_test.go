package name

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"readout/internal/language"
)

var layers = language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}}

func read(text string) *language.Document {
	d := language.New(text, nil)
	layers.Annotate(d)
	Annotator{}.Annotate(d)
	return d
}

func words(d *language.Document, n language.Name) string {
	return d.Words(language.Range{Start: d.Tokens[n.First].Start, End: d.Tokens[n.Last-1].End})
}

func shown(d *language.Document) string {
	var all []string
	for _, n := range d.Names {
		all = append(all, fmt.Sprintf("%s/%s", words(d, n), n.Type))
	}
	return strings.Join(all, "; ")
}

func TestNames(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a person", "Ada Reen said she would wait.", "Ada Reen/person"},
		{"a title is no part of it", "President Karl Bo met Mrs. Reen.", "Karl Bo/person; Reen/person"},
		{"nor is an office with two words", "Secretary of State Karl Reen met the queen.", "Karl Reen/person"},
		{"a place", "He was born in Portmar and lives in Tal.", "Portmar/place; Tal/place"},
		{"a state that acts stays a place", "Ukraine and the United States signed it.", "Ukraine/place; United States/place"},
		{"a body", "The Keth Foundation and the University of Portmar agreed.", "Keth Foundation/organization; University of Portmar/organization"},
		{"a people as adjective and noun", "The Russian envoy met two Ukrainians.", "Russian/nationality; two/number; Ukrainians/nationality"},
		{"a day", "She left on Monday.", "Monday/time"},
		{"a date", "It was signed on 3 May 2014.", "3 May 2014/time"},
		{"a time that counts from now", "They met last March and again last week.", "last March/time; last week/time"},
		{"a year, but no other number", "In 2014 the army lost 2,014 men.", "2014/time; 2,014/number"},
		{"may is no month", "They may leave. She may wait.", ""},
		{"a number of several words", "It cost two million dollars.", "two million/number"},
		{"a capital that names nobody", "Nothing was said. Officials waited.", ""},
		{"a group is nobody's name", "The Democrats waited.", ""},
	} {
		if got := shown(read(tt.text)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The places of one name in an article are told together.
func TestPlacesOfOneNameAreToldTogether(t *testing.T) {
	d := read("Ada Reen of Varland spoke first. Reen left.\n\nReen: no comment.")
	for _, n := range d.Names {
		if strings.Contains(words(d, n), "Reen") && n.Type != language.PersonName {
			t.Errorf("%s is a %v", words(d, n), n.Type)
		}
	}
	if len(d.Names) != 4 {
		t.Errorf("got %s", shown(d))
	}
}

func TestNameAt(t *testing.T) {
	d := read("Today Ada Reen left Paris.")
	for i, want := range []string{"Today", "Ada Reen", "Ada Reen", "", "Paris", ""} {
		got := ""
		if n := d.NameAt(i); n != nil {
			got = words(d, *n)
		}
		if got != want {
			t.Errorf("token %d: got %q, want %q", i, got, want)
		}
	}
}

// laws holds what is true of the names of any text.
func laws(t *testing.T, text string) {
	t.Helper()
	d := read(text)
	behind := 0
	for _, n := range d.Names {
		s := d.SentenceOf(n.First)
		if n.First < behind || n.Last <= n.First || n.Last > d.Sentences[s].Last || n.Type == language.NoName ||
			n.Confidence < 0 || n.Confidence > 1 || !d.Readable(s) {
			t.Fatalf("%q: name %+v behind token %d", text, n, behind)
		}
		behind = n.Last
	}
	if again := read(text); fmt.Sprint(again.Names) != fmt.Sprint(d.Names) {
		t.Fatalf("%q: a second run finds something else", text)
	}
}

func FuzzNames(f *testing.F) {
	f.Add("Ada Reen of the Keth Union said on 3 May that 40 boats had left Tal.")
	f.Add("AP -- and of of The The 's Mr. Mr. 2014 May , of")
	f.Add("É Zoë's “Tal” 1,2 3 last last week of")
	f.Fuzz(laws)
}

func TestHostileTextIsReadInLinearTime(t *testing.T) {
	took := func(unit string, n int) time.Duration {
		d := language.New(strings.Repeat(unit, n/len(unit)), nil)
		language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}}.Annotate(d)
		start := time.Now()
		Annotator{}.Annotate(d)
		return time.Since(start)
	}
	for _, unit := range []string{"Reen ", "a ", "Reen, ", "of Keth ", "1 ", "May ", "Ab Cd. ", "A\n", "- ", "Mr. "} {
		a, b := time.Hour, time.Hour
		for try := 0; try == 0 || try < 6 && b > 10*max(a, 5*time.Millisecond); try++ {
			a, b = min(a, took(unit, 20_000)), min(b, took(unit, 80_000))
		}
		if b > 10*max(a, 5*time.Millisecond) {
			t.Errorf("%q: %v, and %v for four times as much", unit, a, b)
		}
	}
}

func TestLists(t *testing.T) {
	for _, tt := range []struct {
		word               string
		clock, year, place bool
	}{{"5:30", true, false, false}, {"1970s", false, true, false}, {"2014", false, true, false}, {"9999", false, false, false},
		{"14:05", true, false, false}, {"a:30", false, false, false}, {"france", false, false, true}} {
		if Clock(tt.word) != tt.clock || Year(tt.word) != tt.year || Listed(Country, tt.word) != tt.place {
			t.Errorf("%s is taken for something else", tt.word)
		}
	}
	if !Ordinal("3rd") || Ordinal("rd") || Ordinal("3nd4") {
		t.Error("ordinals")
	}
}

func TestFile(t *testing.T) {
	b := model().Append(nil)
	if m, err := Read(b); err != nil || len(m.Append(nil)) != len(b) {
		t.Fatalf("what was written is not read: %v", err)
	}
	for n := 0; n < len(b); n += 1 + n/7 {
		if _, err := Read(b[:n]); err == nil {
			t.Errorf("the first %d bytes are read as a model", n)
		}
	}
}

func TestClasses(t *testing.T) {
	hashes := []uint32{7, 900, 1 << 31, 7}
	c := NewClasses(hashes, []uint16{3, 1, 0, 2}, []uint8{0, 1, 0, 1})
	for i, want := range []uint32{4, 2, 1, 4} {
		if fine, coarse := c.Of(hashes[i]); fine != want || coarse != uint32(c.coarse[want-1])+1 {
			t.Errorf("word %d: got %d and %d", i, fine, coarse)
		}
	}
	if fine, coarse := c.Of(8); fine != 0 || coarse != 0 {
		t.Error("a word that nobody knows has a class")
	}
}

const article = `Varland signs harbour deal with Ostreya after months of talks

Varland's prime minister, Ada Reen, signed an agreement on Tuesday that opens the northern harbours to ships from Ostreya, ending a dispute that had closed the coast for almost two years.

"We have said from the beginning that we would not sign until the road was open," Ms. Reen told reporters in Tal. "It's open now, and that's why we're here."

At least 40 people were injured in February when soldiers fired at a fishing boat near the largest of the islands, according to the Red Cross. Ostreya denied that its forces were involved and called for an independent inquiry.
`

// BenchmarkNames measures the layer alone, BenchmarkLoad what makes it ready.
func BenchmarkNames(b *testing.B) {
	d := language.New(strings.Repeat(article, 3), nil)
	layers.Annotate(d)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		Annotator{}.Annotate(d)
		n += len(d.Tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Read(modelFile); err != nil {
			b.Fatal(err)
		}
	}
}
