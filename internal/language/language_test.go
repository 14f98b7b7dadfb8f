package language

import (
	"strings"
	"testing"
	"unicode/utf8"
)

var layers = Pipeline{Paragraphs{}, Words{}, Sentences{}}

func read(text string) *Document {
	d := New(text, nil)
	layers.Annotate(d)
	return d
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"two", "The bridge is open. Nobody crosses it.", []string{"The bridge is open.", "Nobody crosses it."}},
		{"a title ends none", "Mr. Oru met Gen. Tal in the hall.", []string{"Mr. Oru met Gen. Tal in the hall."}},
		{"initials end none", "The U.S. Senate met.", []string{"The U.S. Senate met."}},
		{"the mark behind the stop belongs to it", `"We wait." He left.`, []string{`"We wait."`, "He left."}},
		{"a quotation goes on", `"Will they come?" he asked.`, []string{`"Will they come?" he asked.`}},
		{"a decimal ends none", "It rose by 3.5 per cent. Then it fell.", []string{"It rose by 3.5 per cent.", "Then it fell."}},
		{"a paragraph ends one", "A headline\n\nA text.", []string{"A headline", "A text."}},
		{"a name behind a preposition begins none", "The union has also threatened sanctions against Tal over its 'illegal' actions.",
			[]string{"The union has also threatened sanctions against Tal over its 'illegal' actions."}},
		{"a quotation opens behind a stop", `They will come. "We are ready," he said.`, []string{"They will come.", `"We are ready," he said.`}},
		{"an address ends none", "See harbour.example for more.", []string{"See harbour.example for more."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := read(tt.text)
			var got []string
			for _, s := range d.Sentences {
				got = append(got, d.Words(s.Range))
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"Keth's army":           "Keth|'s|army",
		"a two-stage plan":      "a|two|-|stage|plan",
		"95,000 people, 20%":    "95,000|people|,|20|%",
		"a 30-day truce":        "a|30|-|day|truce",
		"the U.S. Senate":       "the|U.S.|Senate",
		"don't":                 "do|n't",
		"end.":                  "end|.",
		"Mélanie Ora’s “talks”": "Mélanie|Ora|’s|“|talks|”",
	} {
		d := read(text)
		var got []string
		for _, tok := range d.Tokens {
			got = append(got, d.Words(tok.Range))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
}

func TestSpanCountsCodePoints(t *testing.T) {
	text := strings.Repeat("é", 300) + " Keth"
	d := read(text)
	s := d.Span(d.Tokens[1].Range)
	if s.Start != 301 || s.End != 305 || s.Text != "Keth" {
		t.Errorf("got %+v", s)
	}
}

func FuzzLayers(f *testing.F) {
	for _, seed := range []string{"", "A. B.", `"Open`, "U.S. é 3.5\n\n\"'s", "a\u0300b", "…\n.\n?", "1a-2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		d := read(text)
		end := 0
		for _, tok := range d.Tokens {
			if tok.Start < end || tok.End <= tok.Start || strings.TrimSpace(text[end:tok.Start]) != "" {
				t.Fatalf("token %+v after %d: only space may lie between tokens", tok, end)
			}
			end = tok.End
			if s := d.Span(tok.Range); string([]rune(text)[s.Start:s.End]) != s.Text {
				t.Fatalf("span %+v does not hold its words", s)
			}
		}
		if strings.TrimSpace(text[end:]) != "" {
			t.Fatalf("%q is in no token", text[end:])
		}
		next := 0
		for _, s := range d.Sentences {
			if s.First != next || s.Last <= s.First || d.Tokens[s.First].Start < s.Start || d.Tokens[s.Last-1].End > s.End {
				t.Fatalf("sentence %+v: want tokens from %d on", s, next)
			}
			next = s.Last
		}
		if next != len(d.Tokens) {
			t.Fatalf("the sentences hold %d of %d tokens", next, len(d.Tokens))
		}
	})
}
