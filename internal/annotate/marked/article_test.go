package marked

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/pkg/events"
)

// span finds words in a text and gives their place in code points.
func span(t *testing.T, text, words string) events.Span {
	t.Helper()
	before, _, ok := strings.Cut(text, words)
	if !ok {
		t.Fatalf("%q is not in %q", words, text)
	}
	start := len([]rune(before))
	return events.Span{Start: start, End: start + len([]rune(words)), Text: words}
}

// outline writes an article with the kinds over each piece: {statement+cue:unless}.
func outline(a *Article) string {
	var lines []string
	for _, p := range a.Paragraphs {
		var b strings.Builder
		for _, piece := range p.Pieces {
			if len(piece.Marks) == 0 {
				b.WriteString(piece.Text)
				continue
			}
			var kinds []string
			for _, m := range piece.Marks {
				kinds = append(kinds, m.Kind.String())
			}
			fmt.Fprintf(&b, "{%s:%s}", strings.Join(kinds, "+"), piece.Text)
		}
		for _, n := range p.Notes {
			fmt.Fprintf(&b, " [%d]", n)
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

func TestNew(t *testing.T) {
	const valley = "Terms for the välley\n\n  “We stay unless Ostreya pays,” Reen said. Lann denied it.\r\nFourteen died."
	at := func(words string) events.Span { return span(t, valley, words) }
	ptr := func(words string) *events.Span { s := at(words); return &s }
	statement := events.Statement{Kind: events.Direct, Act: events.ActThreat, Parts: []events.Span{at("“We stay unless Ostreya pays,”")},
		Speaker: events.Actor{Name: "Ada Reen", Mention: ptr("Reen")}}
	statement.Cue = ptr("said")
	condition := events.Condition{Type: events.ConditionalThreat, Setter: events.Actor{Mention: ptr("Reen")}}
	condition.Span, condition.Cue = at("We stay unless Ostreya pays"), ptr("unless")
	crossing := events.Denial{Type: events.Refusal, Denier: events.Actor{Name: "Ivo Lann"}}
	crossing.Span = at("pays,” Reen said. Lann denied it.\r\nFourteen")
	outside := events.Sanction{Status: events.SanctionImposed}
	outside.Span = events.Span{Start: 50, End: 5000}
	for _, tt := range []struct {
		name     string
		findings events.Findings
		want     string
	}{
		{"nothing", events.Findings{}, "Terms for the välley\n“We stay unless Ostreya pays,” Reen said. Lann denied it.\nFourteen died."},
		{"nested", events.Findings{Statements: []events.Statement{statement}, Conditions: []events.Condition{condition}},
			"Terms for the välley\n{statement:“}{statement+condition:We stay }{statement+condition+cue:unless}{statement+condition: Ostreya pays}" +
				"{statement:,”} {speaker+speaker:Reen} {cue:said}. Lann denied it. [0] [1]\nFourteen died."},
		{"crossing two paragraphs and another finding", events.Findings{Conditions: []events.Condition{condition}, Denials: []events.Denial{crossing}},
			"Terms for the välley\n“{condition:We stay }{condition+cue:unless}{condition: Ostreya }{condition+denial:pays}{denial:,” }{denial+speaker:Reen}" +
				"{denial: said. Lann denied it.} [0] [1]\n{denial:Fourteen} died."},
		{"outside of the text", events.Findings{Sanctions: []events.Sanction{outside}},
			"Terms for the välley\n“We stay unless Ostreya pays,” Reen said. Lann denied it.\nFourteen died. [0]"},
	} {
		a := New("a.txt", valley, &tt.findings)
		if got := outline(a); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if a.Title != "Terms for the välley" {
			t.Errorf("title %q", a.Title)
		}
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"Keth closes its harbour\nIt is late.":        "Keth closes its harbour",
		"Keth closes its harbour.\nIt is late.":       "",
		"Keth closes its harbour":                     "",
		strings.Repeat("Keth ", 50) + "\nIt is late.": "",
	} {
		if got := New("", text, &events.Findings{}).Title; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	varland := &events.Party{ID: "varland", Name: "Varland"}
	number := int64(40)
	findings := events.Findings{
		Statements: []events.Statement{{Finding: events.Finding{Confidence: 0.9}, Kind: events.Indirect,
			Speaker: events.Actor{Name: "Ada Reen", Role: "foreign minister", Party: varland}}},
		Sanctions: []events.Sanction{{Finding: events.Finding{Confidence: 0.5}, Status: events.SanctionCalledFor,
			Target: events.Actor{Name: "Keth"}, CalledBy: &events.Actor{Name: "Varland", Party: varland}}},
		Casualties: []events.CasualtyFigure{{Finding: events.Finding{Confidence: 0.75}, Figure: events.Span{Text: "40"}, Value: &number,
			Qualifier: events.MoreThan, Status: events.KilledAndWounded, Population: "miners"}},
		Denials: []events.Denial{{Type: events.DenialOfFact, Strength: "weak", Denier: events.Actor{Mention: &events.Span{Text: "the ministry"}}}},
	}
	want := []string{
		"statement · statement, indirect · Ada Reen (foreign minister, Varland) · confidence 0.90",
		"denial · denial of fact, weak · the ministry · confidence 0.00",
		"sanction · called for against Keth · Varland · confidence 0.50",
		"casualty · more than 40 killed and wounded, miners · confidence 0.75",
	}
	a := New("", "", &findings)
	for i, n := range a.Notes {
		if n.Line() != want[i] {
			t.Errorf("%q, want %q", n.Line(), want[i])
		}
	}
	if n := a.Counts(); n[Statement] != 1 || n[Condition] != 0 || n[Casualty] != 1 {
		t.Errorf("counts %v", n)
	}
}

// TestManyOverOneAnother lays findings over one another, each a little shorter than the
// last: the marks have to stay bounded, and so has the time.
func TestManyOverOneAnother(t *testing.T) {
	const n = 20_000
	text := strings.Repeat("x", 2*n)
	var findings events.Findings
	for i := range n {
		var c events.Condition
		c.Span = events.Span{Start: i, End: 2*n - i}
		findings.Conditions = append(findings.Conditions, c)
	}
	began := time.Now()
	a := New("", text, &findings)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
	for _, piece := range a.Paragraphs[0].Pieces {
		if len(piece.Marks) > maxOver {
			t.Fatalf("%d marks over one piece", len(piece.Marks))
		}
	}
	if a.Paragraphs[0].Text() != text || len(a.Paragraphs[0].Notes) != n {
		t.Error("text or notes are lost")
	}
}

// FuzzNew holds that the pieces of every paragraph joined are its line, wherever the
// findings stand, and that every finding is under exactly one paragraph.
func FuzzNew(f *testing.F) {
	f.Add("Keth pays.\n\n Varland waits.", 0, 4, 2, 9)
	f.Add("\u202eä\r\n\xff", -1, 2, 0, 100)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		var co events.Condition
		co.Span, co.Cue = events.Span{Start: a, End: b}, &events.Span{Start: c, End: d}
		de := events.Denial{DeniedSpan: nil}
		de.Span = events.Span{Start: c, End: d}
		article := New("", text, &events.Findings{Conditions: []events.Condition{co}, Denials: []events.Denial{de}})
		var lines, want []string
		var notes []int
		for _, p := range article.Paragraphs {
			lines = append(lines, p.Text())
			notes = append(notes, p.Notes...)
			for _, piece := range p.Pieces {
				if piece.Text == "" {
					t.Error("an empty piece")
				}
			}
		}
		for line := range strings.SplitSeq(string([]rune(text)), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				want = append(want, line)
			}
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%q, want %q", lines, want)
		}
		if slices.Sort(notes); len(want) > 0 && !slices.Equal(notes, []int{0, 1}) {
			t.Errorf("notes %v", notes)
		}
	})
}
