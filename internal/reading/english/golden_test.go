package english

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"readout/internal/language"
	"readout/pkg/events"
)

var update = flag.Bool("update", false, "write the findings of now into the golden archives")

// TestGolden reads the texts of the archives and compares what is found with what stands
// there. An archive is a comment, "-- text --" with the text and "-- findings --".
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d archives, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			comment, rest, ok := strings.Cut(string(data), "-- text --\n")
			text, want, ok2 := strings.Cut(rest, "-- findings --\n")
			if !ok || !ok2 {
				t.Fatal("want the parts text and findings")
			}
			got := tell(strings.TrimSuffix(text, "\n"))
			if *update {
				out := comment + "-- text --\n" + text + "-- findings --\n" + got
				if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// read runs the pipeline.
func read(text string) *language.Document {
	d := language.New(text, nil)
	Pipeline().Annotate(d)
	return d
}

// tell writes the findings of a text, one a line.
func tell(text string) string {
	found := read(text).Findings
	groups := map[string]string{}
	group := func(f events.Finding) string {
		if f.Group == "" {
			return ""
		}
		if groups[f.Group] == "" {
			groups[f.Group] = " (group " + strconv.Itoa(len(groups)+1) + ")"
		}
		return groups[f.Group]
	}
	var b strings.Builder
	for _, x := range found.Statements {
		fmt.Fprintf(&b, "%s %s: %s: %s\n", x.Kind, x.Act, actor(&x.Speaker), spans(x.Parts))
	}
	for _, x := range found.Conditions {
		fmt.Fprintf(&b, "condition, %s%s: %s: %s\n", x.Type, group(x.Finding), actor(&x.Setter), quote(x.Span))
	}
	for _, x := range found.Denials {
		fmt.Fprintf(&b, "denial, %s%s: %s: %s\n", x.Type, group(x.Finding), actor(&x.Denier), quote(x.Span))
	}
	for _, x := range found.Sanctions {
		fmt.Fprintf(&b, "sanction, %s%s: %s > %s: %s\n", x.Status, group(x.Finding), actor(x.Imposer), actor(&x.Target), quote(x.Span))
	}
	for _, x := range found.Casualties {
		fmt.Fprintf(&b, "casualty, %s%s: %s of %s by %s: %s\n", x.Status, group(x.Finding), strings.TrimSpace(string(x.Qualifier)+" "+x.Figure.Text), actor(x.Side), actor(x.Source), quote(x.Span))
	}
	return b.String()
}

// actor writes a name with its party.
func actor(a *events.Actor) string {
	switch {
	case a == nil || a.Name == "":
		return "somebody"
	case a.Party == nil:
		return a.Name
	}
	return a.Name + " of " + a.Party.ID
}

func spans(list []events.Span) string {
	var out []string
	for _, s := range list {
		out = append(out, quote(s))
	}
	return strings.Join(out, " | ")
}

func quote(s events.Span) string { return "[" + strings.ReplaceAll(s.Text, "\n", " ") + "]" }
