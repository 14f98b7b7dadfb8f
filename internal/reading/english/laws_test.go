package english

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"readout/internal/language"
	"readout/pkg/events"
)

// layers are what an annotator may write, by its package.
var layers = map[string][]string{
	"language.Paragraphs": {"Paragraphs"}, "language.Words": {"Tokens"}, "language.Sentences": {"Sentences"},
	"language.Syntax": {"Syntax"}, "name.Annotator": {"Names"},
	"quotation.Annotator": {"Quotations"}, "mention.Annotator": {"Mentions"}, "statement.Annotator": {"Statements"},
	"condition.Annotator": {"Conditions"}, "denial.Annotator": {"Denials"}, "sanction.Annotator": {"Sanctions"},
	"casualty.Annotator": {"Casualties"}, "repeat.Annotator": {"Group"},
}

const report = "Keth imposes sanctions on Ostreya\n\n\"We will not sign unless the road is opened,\" Varland's minister Ada Reen said. " +
	"At least 40 soldiers were killed, she said.\n\nKeth imposed sanctions on Ostreya. Ostreya denied the loss of the bridge."

// snapshot is a copy of every layer by name. Groups are a layer of their own.
func snapshot(d *language.Document) map[string]string {
	out := map[string]string{"Paragraphs": fmt.Sprint(d.Paragraphs),
		"Sentences": fmt.Sprint(d.Sentences), "Names": fmt.Sprint(d.Names), "Quotations": fmt.Sprint(d.Quotations)}
	for i, t := range d.Tokens {
		out["Tokens"] += fmt.Sprintln(t.Range, t.Lower, t.Kind, t.Capital)
		if t.UPOS != language.NoUPOS {
			first, last := d.Subtree(i)
			out["Syntax"] += fmt.Sprintln(t.Lemma, t.UPOS, t.XPOS, t.Head, t.Rel, first, last)
		}
	}
	for _, m := range d.Mentions {
		out["Mentions"] += fmt.Sprintln(m.Range, m.Pronoun, m.Possessive, actor(&m.Actor))
	}
	clear := func(f events.Finding) string {
		out["Group"] += f.Group + "|"
		f.Group = ""
		return fmt.Sprint(f.ID, f.Span, f.Rule)
	}
	for _, x := range d.Findings.Statements {
		out["Statements"] += clear(x.Finding) + fmt.Sprint(x.Parts, x.Act)
	}
	for _, x := range d.Findings.Conditions {
		out["Conditions"] += clear(x.Finding) + string(x.Type)
	}
	for _, x := range d.Findings.Denials {
		out["Denials"] += clear(x.Finding) + string(x.Type)
	}
	for _, x := range d.Findings.Sanctions {
		out["Sanctions"] += clear(x.Finding) + string(x.Status)
	}
	for _, x := range d.Findings.Casualties {
		out["Casualties"] += clear(x.Finding) + string(x.Status)
	}
	out["Group"] = strings.Trim(out["Group"], "|")
	return out
}

// TestOneWriterALayer runs the annotators one by one: each writes its own layer, and no
// other layer changes.
func TestOneWriterALayer(t *testing.T) {
	d := language.New(report, nil)
	before := snapshot(d)
	for _, a := range Pipeline().(language.Pipeline) {
		name := reflect.TypeOf(a).String()
		a.Annotate(d)
		after := snapshot(d)
		for layer := range after {
			own := false
			for _, l := range layers[name] {
				own = own || l == layer
			}
			if changed := before[layer] != after[layer]; changed && !own {
				t.Errorf("%s changed %s", name, layer)
			} else if own && !changed && layer != "Quotations" {
				t.Errorf("%s wrote nothing: the report has to hold one of each", name)
			}
		}
		before = after
	}
	if d.Text != report {
		t.Error("the text changed")
	}
}

// hostile are the texts that try to make a finder look at everything for everything.
var hostile = []string{`"`, "“", ",", "a", "A", "A.", "Ab ", "\n", "\"\n", "é ", "1 ", "1,", ". ", "a'", "-", "the ", "he ", "Keth's ", "of ", "Keth of ",
	"said ", "Keth said ", "Keth said, ", `"Keth said" `, `"a," Keth said `, "and ", "Keth and said ", "if ", "unless x ", "until ",
	"denied ", "Keth denied ", "reject ", "sanctions ", "sanctions on ", "imposed US sanctions ", "40 killed ", "killed 40 people ", "president of ", "the Russian president ",
	"Keth said if x, y. ", "Keth demanded ", "according to ", "\u0301", "\u202e", "\x00", "Mr. ", "including 4 people and "}

// TestHostileTextIsReadInLinearTime reads four times as much in some four times the time.
// A machine that is busy for a moment is given further tries; a finder that looks at
// everything for everything takes sixteen times as long at each of them.
//
// The network of the syntax takes far longer than all else, and hides what that takes; so
// the long texts are read without it.
func TestHostileTextIsReadInLinearTime(t *testing.T) {
	var plain language.Pipeline
	for _, a := range Pipeline().(language.Pipeline) {
		if _, ok := a.(language.Syntax); !ok {
			plain = append(plain, a)
		}
	}
	t.Run("without syntax", func(t *testing.T) { linear(t, plain, 10_000, 40_000) })
	t.Run("with syntax", func(t *testing.T) { linear(t, Pipeline(), 2_500, 10_000) })
}

func linear(t *testing.T, pipeline language.Annotator, short, long int) {
	const tries = 8
	took := func(unit string, size int) time.Duration {
		text := "Keth said " + strings.Repeat(unit, size/len(unit))
		start := time.Now()
		pipeline.Annotate(language.New(text, nil))
		return time.Since(start)
	}
	for _, unit := range hostile {
		a, b := time.Hour, time.Hour
		for try := 0; try == 0 || try < tries && b > 10*max(a, 10*time.Millisecond); try++ {
			a, b = min(a, took(unit, short)), min(b, took(unit, long))
		}
		if b > 10*max(a, 10*time.Millisecond) {
			t.Errorf("%q: %v for %d bytes, %v for %d", unit, a, short, b, long)
		}
	}
}

// check holds the laws of findings on one text.
func check(t *testing.T, text string) {
	t.Helper()
	points := []rune(text)
	ids := map[string]bool{}
	span := func(s events.Span) {
		t.Helper()
		if s.Start < 0 || s.End < s.Start || s.End > len(points) || string(points[s.Start:s.End]) != s.Text {
			t.Fatalf("span %+v does not hold its words", s)
		}
	}
	finding := func(f events.Finding) {
		t.Helper()
		span(f.Span)
		if f.Cue != nil {
			span(*f.Cue)
		}
		if f.ID == "" || ids[f.ID] || f.Rule == "" || f.Confidence <= 0 || f.Confidence > 1 {
			t.Fatalf("finding %+v", f)
		}
		ids[f.ID] = true
	}
	mention := func(a *events.Actor) {
		t.Helper()
		if a != nil && a.Mention != nil {
			span(*a.Mention)
		}
	}
	found := read(text).Findings
	for _, x := range found.Statements {
		finding(x.Finding)
		mention(&x.Speaker)
		mention(x.Addressee)
		mention(x.Target)
		for k := range x.Via {
			mention(&x.Via[k])
		}
		for _, p := range append(x.Parts, x.Quoted...) {
			span(p)
		}
		if len(x.Parts) == 0 || x.Kind == "" || x.Act == "" {
			t.Fatalf("statement %+v", x)
		}
	}
	for _, x := range found.Conditions {
		finding(x.Finding)
		mention(&x.Setter)
	}
	for _, x := range found.Denials {
		finding(x.Finding)
		mention(&x.Denier)
	}
	for _, x := range found.Sanctions {
		finding(x.Finding)
		mention(x.Imposer)
		mention(&x.Target)
	}
	for _, x := range found.Casualties {
		finding(x.Finding)
		span(x.Figure)
		mention(x.Source)
		mention(x.Side)
	}
	if again := read(text).Findings; !reflect.DeepEqual(found, again) {
		t.Fatal("a second run finds something else")
	}
}

func FuzzFindings(f *testing.F) {
	f.Add(report)
	f.Add("“We wait,” Zoë said.\n\n“We are many.\n\n“And said 40 killed unless Keth")
	f.Add("Keth's “army” denied, said. According to\nthe 12 US sanctions on: said Mr. ")
	for _, unit := range hostile {
		f.Add(strings.Repeat(unit, 3))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			check(t, text)
		}
	})
}

// TestLaws holds the laws on texts that are glued together from pieces of news, which a
// fuzzer takes long to come by.
func TestLaws(t *testing.T) {
	pieces := append([]string{report, "\n", `"`, "“", "”", " ", ". ", ", ", "Zoë ", "said ", "unless ", "Keth ", "40 people ", "killed "}, hostile...)
	next := uint32(1)
	for range 400 {
		var b strings.Builder
		for range 12 {
			next = next*1664525 + 1013904223 // the same texts each time
			b.WriteString(pieces[int(next>>16)%len(pieces)])
		}
		check(t, b.String())
	}
}

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat(report+"\n\n", 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		read(text)
	}
}
