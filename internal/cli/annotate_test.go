package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"readout/internal/annotate/marked"
	"readout/internal/app"
	"readout/pkg/events"
)

const valley = "Terms for the valley\n\n\"We will not reopen the road unless Ostreya pays,\" Ada Reen of Varland said.\n"

func TestAnnotateShow(t *testing.T) {
	out, notes, err := readout(t, valley, "annotate", "--show")
	if err != nil || notes != "" {
		t.Fatalf("%q, %v", notes, err)
	}
	for _, want := range []string{
		"\nTerms for the valley\n",
		"\n\"We will not reopen the road unless Ostreya pays,\" Ada Reen of Varland said.\n",
		"\n  > condition · conditional threat, demand · Ada Reen",
		"\n      [\"We will not reopen the road unless Ostreya pays,\"]\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Error("colours in a pipe")
	}
	in := `{"id":"a","text":"Keth waits."}` + "\n" + `{"id":"b"}` + "\n" + `{"id":"c","text":"Ostreya waits."}` + "\n"
	out, notes, err = readout(t, in, "annotate", "--show", "-")
	if err == nil || !strings.Contains(err.Error(), "1 of 3 texts") || !strings.Contains(notes, `-:2: "text" is missing`) || !strings.Contains(out, "\n\nc\n\nOstreya waits.\n") {
		t.Errorf("%q, %q, %v", out, notes, err)
	}
}

func TestAnnotateHTML(t *testing.T) {
	dir := t.TempDir()
	article, hostile, page := filepath.Join(dir, "valley.txt"), filepath.Join(dir, "hostile.txt"), filepath.Join(dir, "findings.html")
	for name, text := range map[string]string{article: valley, hostile: "<script>alert(1)</script> is false, Varland said."} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, notes, err := readout(t, "", "annotate", "--html", page, article, hostile)
	if err != nil || out != "" || !strings.Contains(notes, page+": articles written: 2") {
		t.Fatalf("%q, %q, %v", out, notes, err)
	}
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Content-Security-Policy", "&lt;script&gt;", `href="#article-2"`, "conditional threat, demand", `class="statement condition cue"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if strings.Contains(string(data), "<script") {
		t.Error("a script of the article is on the page")
	}
	if _, _, err := readout(t, "", "annotate", "--html", page, filepath.Join(dir, "missing.txt")); err == nil {
		t.Error("a file that is missing is no error")
	}
	if again, err := os.ReadFile(page); err != nil || string(again) != string(data) {
		t.Error("a failure spoils the page that was there")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAnnotateErrorsSayWhatToDo(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "missing", "out.html")
	for _, tt := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"--html", nowhere}, "Give --html a name in a folder that exists", app.ExitFailure},
		{[]string{"--html", "article.txt", "other.txt"}, "a name that ends in .html", app.ExitUsage},
		{[]string{"--html", "out.html", "--show"}, "give one of them", app.ExitUsage},
	} {
		cmd := New()
		var notes output
		cmd.SetArgs(append([]string{"annotate"}, tt.args...))
		cmd.SetIn(strings.NewReader(valley))
		cmd.SetOut(&notes)
		cmd.SetErr(&notes)
		if code := app.Execute(cmd); code != tt.code || !strings.Contains(notes.String(), tt.want) {
			t.Errorf("%v: exit %d, %q; want %d and %q", tt.args, code, notes.String(), tt.code, tt.want)
		}
	}
}

// shown gives an article whose first six words are a condition, with "unless" as its cue
// and "Keth" as who sets it.
func shown(text string) *marked.Article {
	at := func(words string) *events.Span {
		start := len([]rune(text[:strings.Index(text, words)]))
		return &events.Span{Start: start, End: start + len([]rune(words)), Text: words}
	}
	co := events.Condition{Type: events.Ultimatum, Setter: events.Actor{Name: "Keth", Mention: at("Keth")}}
	co.Span, co.Cue, co.Confidence = *at("Keth waits unless Ostreya pays"), at("unless"), 0.5
	return marked.New("a.txt", text, &events.Findings{Conditions: []events.Condition{co}})
}

func TestViewerColours(t *testing.T) {
	v := viewer{printer: printer{colour: true}, width: 80}
	got := v.article(shown("Keth waits unless Ostreya pays."))
	condition := tints[marked.Condition]
	want := tints[marked.Speaker] + "Keth" + plain + condition + " waits " + plain + condition + tints[marked.Cue] + "unless" + plain +
		condition + " Ostreya pays" + plain + ".\n"
	if !strings.Contains(got, want) {
		t.Errorf("%q is not in %q", want, got)
	}
	if !strings.Contains(v.legend(), condition+"condition"+plain) {
		t.Errorf("legend %q", v.legend())
	}
	if strings.Count(got, "\x1b[")%2 != 0 && !strings.HasSuffix(got, plain+"\n") {
		t.Errorf("a colour runs on: %q", got)
	}
}

func TestViewerLetsNothingThrough(t *testing.T) {
	text := "Keth waits unless Ostreya pays\x1b[2J\x1b]0;owned\x07 it\u202e back\u200b\u0085 and\rforth."
	colours := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	for _, colour := range []bool{false, true} {
		a := shown(text)
		a.Name, a.Warnings, a.Notes[0].Who, a.Notes[0].Words = text, []string{text}, text, text
		got := (&viewer{printer: printer{colour: colour}, width: 40}).article(a)
		for _, c := range []string{"\x1b", "\x07", "\u202e", "\u200b", "\u0085", "\r"} {
			if strings.Contains(colours.ReplaceAllString(got, ""), c) {
				t.Errorf("%q reaches the terminal: %q", c, got)
			}
		}
	}
}

func TestWrapper(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Varland waits.", "Varland waits.\n"},
		{"Varland waits for Ostreya", "Varland waits\n  for Ostreya\n"},
		{"Varland   and      Ostreya", "Varland   and\n  Ostreya\n"},
		{"Keth: " + strings.Repeat("x", 30), "Keth:\n  " + strings.Repeat("x", 13) + "\n  " + strings.Repeat("x", 13) + "\n  xxxx\n"},
		{"東京東京東京東京", "東京東京東京\n  東京\n"},
		{"e\u0301e\u0301 e\u0301", "e\u0301e\u0301 e\u0301\n"},
		{"", "\n"},
	} {
		var b strings.Builder
		w := wrapper{out: &b, width: 15, indent: "  "}
		for _, r := range tt.in { // a word may come in pieces
			w.write(string(r), "")
		}
		w.end()
		if b.String() != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, b.String(), tt.want)
		}
	}
}

// TestAnnotateActors reads one text with the table of the program and with one of a file,
// in which the office has a holder; a mistake in the file is told with its line.
func TestAnnotateActors(t *testing.T) {
	dir := t.TempDir()
	table, wrong := filepath.Join(dir, "actors.tsv"), filepath.Join(dir, "wrong.tsv")
	for name, text := range map[string]string{
		table: "party\tvarland\tVarland\tstate\tVarlander;Varlanders\tPortmar\tGrey Palace\n[varland]\npresident\tAda Reen\tReen\tf\t2020-01-01\t-\n",
		wrong: "[varland]\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in := `{"id":"a","text":"The Varlander president said the road was closed.","published":"2024-05-01"}` + "\n"
	const holder = `"name":"Ada Reen"`
	if out, _, err := readout(t, in, "annotate", "-"); err != nil || strings.Contains(out, holder) {
		t.Errorf("without the table: %v, %s", err, out)
	}
	if out, notes, err := readout(t, in, "annotate", "--actors", table, "-"); err != nil || !strings.Contains(out, holder) {
		t.Errorf("with the table: %v, %q, %s", err, notes, out)
	}
	if _, _, err := readout(t, in, "annotate", "--actors", wrong, "-"); err == nil || !strings.Contains(err.Error(), "wrong.tsv line 1") {
		t.Errorf("a wrong table: %v", err)
	}
}
