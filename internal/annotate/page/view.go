package page

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/annotate/marked"
)

// article is one article as the layout wants it.
type article struct {
	Number     int
	Name       string
	Heading    string
	Count      string
	Warnings   []string
	Paragraphs []paragraph
}

type paragraph struct {
	Headline bool
	Pieces   []piece
	Summary  string
	Notes    []note
}

// piece is a stretch of text; Class is empty where no mark lies over it.
type piece struct {
	Class string
	Tab   int
	Tip   string
	Text  []stretch
}

// stretch is text to be seen, or one character that controls something: Code is its number.
type stretch struct {
	Words string
	Code  string
}

type note struct {
	Kind  marked.Kind
	Line  string
	Words string
}

func view(a *marked.Article, number int) *article {
	out := &article{Number: number, Name: tame(a.Name), Heading: tame(a.Name), Count: counted(len(a.Notes))}
	if a.Title != "" {
		out.Heading = tame(a.Title)
	}
	for _, w := range a.Warnings {
		out.Warnings = append(out.Warnings, strings.ReplaceAll(w, "_", " "))
	}
	for i := range a.Paragraphs {
		p := paragraph{Headline: i == 0 && a.Title != "", Summary: counted(len(a.Paragraphs[i].Notes))}
		for _, m := range a.Paragraphs[i].Pieces {
			p.Pieces = append(p.Pieces, pieceOf(a, m))
		}
		for _, n := range a.Paragraphs[i].Notes {
			p.Notes = append(p.Notes, noteOf(a.Notes[n]))
		}
		out.Paragraphs = append(out.Paragraphs, p)
	}
	return out
}

// pieceOf makes the first piece of each finding a stop of the tab key. The others can be
// tapped, but a reader with a keyboard need not pass all of them.
func pieceOf(a *marked.Article, p marked.Piece) piece {
	out := piece{Tab: -1, Text: stretches(p.Text)}
	var classes []string
	for _, m := range p.Marks {
		if c := m.Kind.String(); !slices.Contains(classes, c) {
			classes = append(classes, c)
		}
		if m.First {
			out.Tab = 0
		}
	}
	out.Class = strings.Join(classes, " ")
	out.Tip = tip(a, p.Marks)
	return out
}

// maxTip is how many findings are told at one place; the list below has all.
const maxTip = 6

// tip tells what lies over a piece, one line for each finding.
func tip(a *marked.Article, marks []marked.Mark) string {
	var lines []string
	var told []int
	for _, m := range marks {
		if slices.Contains(told, m.Note) {
			continue
		}
		told = append(told, m.Note)
		line := tame(a.Notes[m.Note].Line())
		if m.Kind >= marked.Speaker {
			line = m.Kind.String() + " of a " + line
		}
		lines = append(lines, line)
	}
	if n := len(lines) - maxTip; n > 0 {
		lines = append(lines[:maxTip], fmt.Sprintf("and %d more", n))
	}
	return strings.Join(lines, "\n")
}

// maxWords is how many code points of a finding are repeated in the list.
const maxWords = 300

func noteOf(n marked.Note) note {
	words := []rune(n.Words)
	if len(words) > maxWords {
		words = append(words[:maxWords:maxWords], '…')
	}
	line := strings.TrimPrefix(n.Line(), n.Kind.String()+" · ")
	return note{Kind: n.Kind, Line: tame(line + " · " + n.Rule), Words: tame(string(words))}
}

// stretches sets the characters that control something apart.
func stretches(s string) []stretch {
	var out []stretch
	from := 0
	for i, r := range s {
		if !turns(r) {
			continue
		}
		if from < i {
			out = append(out, stretch{Words: s[from:i]})
		}
		from = i + len(string(r))
		out = append(out, stretch{Words: shown(r), Code: fmt.Sprintf("U+%04X", r)})
	}
	if from < len(s) {
		out = append(out, stretch{Words: s[from:]})
	}
	return out
}

// shown gives a control character as a page may hold it: HTML knows no NUL, and makes a
// carriage return an end of line.
func shown(r rune) string {
	if r == 0 || r == '\r' {
		return "\ufffd"
	}
	return string(r)
}
