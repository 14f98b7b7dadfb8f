package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"readout/internal/annotate/marked"
	"readout/pkg/events"
)

var update = flag.Bool("update", false, "write the golden file anew")

// parse writes a page and reads it as a browser does.
func parse(t *testing.T, articles ...*marked.Article) (*html.Node, string) {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, articles, "test-1"); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return root, out.String()
}

// elements gives all elements of a name, of any name if it is empty.
func elements(root *html.Node, name string) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			out = append(out, n)
		}
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// paragraphsOf gives the lines of the articles as they are read on the page.
func paragraphsOf(root *html.Node) []string {
	var out []string
	for _, p := range elements(root, "p") {
		if strings.HasPrefix(attribute(p, "class"), "text") {
			out = append(out, text(p))
		}
	}
	return out
}

// linesOf gives the lines of a text that hold anything.
func linesOf(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// over is a condition and a denial that cross one another, with hostile words in every
// field that comes from the text.
func over(text string, a, b, c, d int) *events.Findings {
	runes := []rune(text)
	at := func(from, to int) events.Span { return events.Span{Start: from, End: to, Text: string(runes[from:to])} }
	mention, cue := at(a, b), at(c, d)
	who := events.Actor{Name: text, Role: text, Party: &events.Party{ID: "varland", Name: text}, Mention: &mention}
	co := events.Condition{Setter: who, Type: events.ConditionType(text)}
	co.Span, co.Cue, co.Rule, co.Confidence = at(a, d), &cue, text, 0.5
	de := events.Denial{Denier: who, Type: events.DenialOfFact, Strength: text}
	de.Span = at(c, len(runes))
	return &events.Findings{Conditions: []events.Condition{co}, Denials: []events.Denial{de}}
}

// hostile are texts that try to become a part of the page, or to turn it.
var hostile = []string{
	"<script>alert('Keth')</script> Varland denied it.",
	"\"onmouseover=alert(1) x=\" Varland denied it.",
	"'><img src=https://keth.example/x onerror=alert(1)> & &lt;b&gt; &#60;",
	"</p></article></style><style>body{display:none}</style> Varland denied it.",
	"<!-- Varland --> ]]> {{.Title}} ${x} javascript:alert(1) \u2028 `",
	"Varland \u202edenied\u2066 it \u200f\u061c loudly\u0085 and \x1b[2J \x07 \x7f twice.",
	"Wide ｖａｒ 🛑 e\u0301 words\tand\u00a0spaces   of Ostreya.\n\n  Second line, Ostreya said.  \r\nThird.",
}

func TestHostileTextStaysText(t *testing.T) {
	for _, s := range hostile {
		n := len([]rune(s))
		a := marked.New(s, s, over(s, 1, n/2, n/3, n-2))
		a.Warnings = []string{s}
		root, page := parse(t, a, a)
		if got, want := paragraphsOf(root), slices.Repeat(linesOf(s), 2); !slices.Equal(got, want) {
			t.Errorf("the page reads %q, want %q", got, want)
		}
		harmless(t, root)
		for _, e := range elements(root, "") {
			for _, attr := range e.Attr {
				if strings.ContainsAny(attr.Val, "\u202e\u2066\x1b") {
					t.Errorf("%s turns: %q", attr.Key, attr.Val)
				}
			}
		}
		if strings.Contains(page, "ZgotmplZ") {
			t.Error("the layout puts words where they cannot be escaped")
		}
	}
}

// harmless holds a page to the elements and attributes of its layout.
func harmless(t *testing.T, root *html.Node) {
	t.Helper()
	known := strings.Fields("html head meta title style body header h1 p fieldset legend label input mark nav ol li a span main article h2 details summary ul strong")
	attributes := strings.Fields("lang charset http-equiv name content class id type checked aria-label href tabindex data-tip data-code")
	for _, e := range elements(root, "") {
		if !slices.Contains(known, e.Data) {
			t.Errorf("the page has an element %s", e.Data)
		}
		for _, a := range e.Attr {
			if !slices.Contains(attributes, a.Key) || a.Key == "href" && !strings.HasPrefix(a.Val, "#article-") {
				t.Errorf("%s has %s=%q", e.Data, a.Key, a.Val)
			}
		}
	}
	if len(elements(root, "style")) != 1 {
		t.Error("the page has not one style sheet")
	}
}

func TestPolicyAllowsTheStyleAlone(t *testing.T) {
	root, _ := parse(t)
	sum := sha256.Sum256([]byte(text(elements(root, "style")[0])))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	for _, m := range elements(root, "meta") {
		if attribute(m, "http-equiv") == "Content-Security-Policy" {
			if got := attribute(m, "content"); got != want {
				t.Errorf("policy %q, want %q", got, want)
			}
			return
		}
	}
	t.Error("no policy")
}

// TestControlsAreShown holds that a character without a look of its own has its number
// beside it, and that no other character has.
func TestControlsAreShown(t *testing.T) {
	root, _ := parse(t, marked.New("a", "It\u202e is\x00 so\r now\u0301.", &events.Findings{}))
	var codes []string
	for _, e := range elements(root, "span") {
		if code := attribute(e, "data-code"); code != "" {
			codes = append(codes, code)
		}
	}
	if !slices.Equal(codes, []string{"U+202E", "U+0000", "U+000D"}) {
		t.Errorf("shown: %q", codes)
	}
	if got := paragraphsOf(root); !slices.Equal(got, []string{"It\u202e is\ufffd so\ufffd now\u0301."}) {
		t.Errorf("the page reads %q", got)
	}
}

func TestTip(t *testing.T) {
	const s = "Varland denied it."
	var findings events.Findings
	for i := range 3 {
		de := events.Denial{Type: events.DenialOfFact, Denier: events.Actor{Name: fmt.Sprint("Reen ", i)}}
		de.Span, de.Cue, de.Confidence = events.Span{Start: 0, End: 17}, &events.Span{Start: 8, End: 14}, 0.25
		findings.Denials = append(findings.Denials, de)
		co := events.Condition{Type: events.Ultimatum}
		co.Span, co.Cue = events.Span{Start: 8, End: 14}, &events.Span{Start: 8, End: 9}
		st := events.Statement{Parts: []events.Span{{Start: 8, End: 17}}}
		findings.Conditions, findings.Statements = append(findings.Conditions, co), append(findings.Statements, st)
	}
	root, _ := parse(t, marked.New("a", s, &findings))
	marks := slices.DeleteFunc(elements(root, "mark"), func(n *html.Node) bool { return attribute(n, "tabindex") == "" })
	for i, want := range []string{
		"denial · denial of fact · Reen 0 · confidence 0.25\ndenial · denial of fact · Reen 1 · confidence 0.25\ndenial · denial of fact · Reen 2 · confidence 0.25",
		"statement · statement · confidence 0.00",
	} {
		if got := attribute(marks[i], "data-tip"); !strings.HasPrefix(got, want) {
			t.Errorf("tip %d is %q, want %q", i, got, want)
		}
	}
	if got := attribute(marks[1], "data-tip"); !strings.HasSuffix(got, "\nand 3 more") || strings.Count(got, "\n") != maxTip {
		t.Errorf("a crowded place tells %q", got)
	}
	if first, last := attribute(marks[0], "tabindex"), attribute(marks[len(marks)-1], "tabindex"); first != "0" || last != "-1" {
		t.Errorf("tab stops %s and %s, want the first piece of a finding alone", first, last)
	}
}

func TestContents(t *testing.T) {
	one := marked.New("one.txt", "Keth waits\n\nKeth waits for Ostreya.", &events.Findings{})
	if root, _ := parse(t, one); len(elements(root, "nav")) != 0 || text(elements(root, "title")[0]) != "Findings: Keth waits" {
		t.Error("one article has a table of contents, or no title")
	}
	root, _ := parse(t, one, marked.New("two.txt", "Ostreya pays.", &events.Findings{}))
	links := elements(root, "a")
	if len(links) != 2 || text(links[0]) != "Keth waits" || text(links[1]) != "two.txt" || attribute(links[1], "href") != "#article-2" {
		t.Errorf("%d links", len(links))
	}
}

// TestGolden shows a whole small page; -update writes it anew.
func TestGolden(t *testing.T) {
	const s = "Terms for the valley\n\nOstreya's ministry denied that 14 miners died."
	at := func(words string) events.Span {
		i := strings.Index(s, words)
		return events.Span{Start: i, End: i + len(words), Text: words}
	}
	ministry, cue := at("Ostreya's ministry"), at("denied")
	who := events.Actor{Name: "Ostreya's ministry", Mention: &ministry}
	de := events.Denial{Denier: who, Type: events.DenialOfFact, Strength: "categorical"}
	de.Span, de.Cue, de.Confidence, de.Rule = at("Ostreya's ministry denied that 14 miners died"), &cue, 0.85, "denial.verb"
	ca := events.CasualtyFigure{Figure: at("14"), Status: events.Killed, Population: "miners"}
	ca.Span, ca.Confidence, ca.Rule = at("14 miners died"), 0.8, "casualty.number"
	_, got := parse(t, marked.New("valley.txt", s, &events.Findings{Denials: []events.Denial{de}, Casualties: []events.CasualtyFigure{ca}}))
	got = strings.Replace(got, style, "", 1)
	got = got[:strings.Index(got, "<meta http-equiv")] + got[strings.Index(got, "<meta name=\"referrer"):]
	file := filepath.Join("testdata", "valley.html")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
}

func FuzzWrite(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, 3, 9)
	}
	f.Fuzz(func(t *testing.T, s string, a, b int) {
		var de events.Denial
		de.Span = events.Span{Start: a, End: b, Text: s}
		root, _ := parse(t, marked.New(s, s, &events.Findings{Denials: []events.Denial{de}}))
		harmless(t, root)
		seen := strings.NewReplacer("\x00", "\ufffd", "\r", "\ufffd")
		var want []string
		for _, line := range linesOf(string([]rune(s))) {
			want = append(want, seen.Replace(line))
		}
		if got := paragraphsOf(root); !slices.Equal(got, want) {
			t.Errorf("the page reads %q, want %q", got, want)
		}
	})
}
