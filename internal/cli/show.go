package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"readout/internal/annotate/marked"
)

// tints are the colours of the kinds, by marked.Kind.
var tints = [marked.Kinds]string{
	marked.Statement: "\x1b[36m", marked.Condition: "\x1b[33m", marked.Denial: "\x1b[31m", marked.Sanction: "\x1b[35m",
	marked.Casualty: "\x1b[1;32m", marked.Speaker: "\x1b[1;34m", marked.Cue: "\x1b[4m",
}

// inner lists the kinds by which of them gives the colour where several lie over a word:
// the short ones before those that fill a sentence.
var inner = []marked.Kind{marked.Casualty, marked.Speaker, marked.Denial, marked.Condition, marked.Sanction, marked.Statement}

const (
	pipeWidth = 80
	minWidth  = 30
	maxWidth  = 100 // longer lines are hard to read
)

// show prints articles with their findings.
func (r *reading) show(ctx context.Context, out io.Writer) error {
	v := viewer{printer: printer{colour: colours(out)}, width: columns(out)}
	first := true
	stats, err := r.articles(ctx, func(a *marked.Article) error {
		text := v.article(a)
		if first {
			text = v.legend() + "\n" + text
		} else {
			text = "\n" + text
		}
		first = false
		_, err := io.WriteString(out, text)
		return err
	})
	if err != nil {
		return err
	}
	return incomplete(stats)
}

// columns gives how wide the lines may be.
func columns(out io.Writer) int {
	if f, ok := out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return max(minWidth, min(w, maxWidth))
		}
	}
	return pipeWidth
}

// viewer prints articles for people.
type viewer struct {
	printer
	width int
}

// legend tells the colours; without colours there is nothing to tell.
func (v *viewer) legend() string {
	if !v.colour {
		return "Findings stand under each paragraph, marked with >.\n"
	}
	var b strings.Builder
	for k := range marked.Kinds {
		b.WriteString(v.in(tints[k], k.String()) + "  ")
	}
	return strings.TrimRight(b.String(), " ") + "\n"
}

// article gives an article and its findings.
func (v *viewer) article(a *marked.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", v.in(bold, harmless(a.Name)))
	for _, w := range a.Warnings {
		fmt.Fprintf(&b, "note: %s\n", harmless(strings.ReplaceAll(w, "_", " ")))
	}
	for i := range a.Paragraphs {
		b.WriteByte('\n')
		v.paragraph(&b, &a.Paragraphs[i])
		for _, n := range a.Paragraphs[i].Notes {
			v.note(&b, &a.Notes[n])
		}
	}
	return b.String()
}

func (v *viewer) paragraph(b *strings.Builder, p *marked.Paragraph) {
	w := wrapper{out: b, width: v.width}
	for _, piece := range p.Pieces {
		colour := ""
		if v.colour {
			colour = colourOf(piece.Marks)
		}
		w.write(harmless(piece.Text), colour)
	}
	w.end()
}

// note gives one finding on one line. Where there are no colours its words follow on
// lines of their own.
func (v *viewer) note(b *strings.Builder, n *marked.Note) {
	line := harmless(n.Line())
	if v.colour {
		kind := n.Kind.String()
		w := wrapper{out: b, width: v.width, indent: "      "}
		w.write("  > ", dim)
		w.write(kind, tints[n.Kind])
		w.write(strings.TrimPrefix(line, kind), dim)
		w.end()
		return
	}
	w := wrapper{out: b, width: v.width, indent: "      "}
	w.write("  > "+line, "")
	w.end()
	w = wrapper{out: b, width: v.width, indent: "      "}
	w.write("      ["+harmless(n.Words)+"]", "")
	w.end()
}

// colourOf gives the colour of a piece: that of its innermost kind, and a line under cues.
func colourOf(marks []marked.Mark) string {
	var has [marked.Kinds]bool
	for _, m := range marks {
		has[m.Kind] = true
	}
	colour := ""
	for _, k := range inner {
		if has[k] {
			colour = tints[k]
			break
		}
	}
	if has[marked.Cue] {
		colour += tints[marked.Cue]
	}
	return colour
}

// wrapper breaks lines between words. A word longer than a line is broken where the line
// ends, so that no text needs memory or time beyond its length.
type wrapper struct {
	out    *strings.Builder
	width  int
	indent string // before every line but the first
	column int
	word   []cell
	wide   int // columns of the word
	gap    []cell
	colour string // what the terminal is set to
}

// cell is one character with its colour.
type cell struct {
	r      rune
	colour string
}

// write adds text in a colour. It may begin and end within a word.
func (w *wrapper) write(text, colour string) {
	for _, r := range text {
		if r == ' ' {
			w.flush()
			w.gap = append(w.gap, cell{r, colour})
			continue
		}
		if n := cells(r); w.wide+n > w.width-len(w.indent) {
			w.flush()
		}
		w.word = append(w.word, cell{r, colour})
		w.wide += cells(r)
	}
}

// flush puts the word that is finished on this line, or on the next.
func (w *wrapper) flush() {
	if len(w.word) == 0 {
		return
	}
	if w.column > 0 && w.column+len(w.gap)+w.wide > w.width {
		w.set("")
		w.out.WriteString("\n" + w.indent)
		w.column = len(w.indent)
	} else {
		w.put(w.gap)
		w.column += len(w.gap)
	}
	w.put(w.word)
	w.column += w.wide
	w.gap, w.word, w.wide = w.gap[:0], w.word[:0], 0
}

func (w *wrapper) put(cells []cell) {
	for _, c := range cells {
		w.set(c.colour)
		w.out.WriteRune(c.r)
	}
}

// set changes the colour, where it is another one.
func (w *wrapper) set(colour string) {
	if w.colour == colour {
		return
	}
	if w.colour != "" {
		w.out.WriteString(plain)
	}
	w.out.WriteString(colour)
	w.colour = colour
}

func (w *wrapper) end() {
	w.flush()
	w.set("")
	w.out.WriteByte('\n')
}

// cells gives how many columns of a terminal a character takes.
func cells(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
