package quotation

import (
	"strings"
	"testing"
	"unicode/utf8"

	"readout/internal/language"
)

func read(text string) *language.Document {
	d := language.New(text, nil)
	language.Pipeline{language.Paragraphs{}, Annotator{}}.Annotate(d)
	return d
}

func TestQuotations(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"straight", `"We wait," he said. "We are patient."`, "We wait,|We are patient."},
		{"curly", "“We wait,” he said.", "We wait,"},
		{"over paragraphs", "\"We wait.\n\n\"We are many,\" he said.", "We wait. (open)|We are many, (continued)"},
		{"an odd mark spoils one paragraph", "He \"said so.\n\nShe said \"no\".", "said so. (open)|no"},
		{"an apostrophe is none", "Keth's army said 'no'.", ""},
		{"marks around nothing", `He said "" and "..."`, ""},
		{"an open one before a new paragraph that does not go on", "\"We wait.\n\nHe said \"no\".", "We wait. (open)|no"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := read(tt.text)
			var got []string
			for _, q := range d.Quotations {
				s := d.Words(q.Inside)
				if q.Open {
					s += " (open)"
				}
				if q.Continued {
					s += " (continued)"
				}
				got = append(got, s)
			}
			if strings.Join(got, "|") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, "|"), tt.want)
			}
		})
	}
}

func FuzzQuotations(f *testing.F) {
	f.Add(`"a" “b” "c`)
	f.Add("\"\n\"\n“”\"x")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		d := read(text)
		end := 0
		for _, q := range d.Quotations {
			if q.Outside.Start < end || !q.Outside.Contains(q.Inside) || !d.Paragraphs[q.Paragraph].Contains(q.Outside) {
				t.Fatalf("quotation %+v after %d", q, end)
			}
			end = q.Outside.End
		}
	})
}
