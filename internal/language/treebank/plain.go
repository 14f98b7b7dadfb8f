package treebank

import (
	"strings"
	"unicode/utf8"
)

// Range is a stretch of a text in bytes, end exclusive.
type Range struct{ Start, End int }

// Placed is a word of the treebank with its place in the plain text.
type Placed struct {
	*Word
	Range
	// Index is that of its head among all words of the document, -1 for a root.
	Index int
}

// Plain is the plain text of a document, with the places of words and sentences.
type Plain struct {
	Text      string
	Words     []Placed
	Sentences []Range
}

// Rebuild makes the plain text of the sentences of a document.
func Rebuild(all []Sentence) *Plain {
	p := &Plain{}
	var text strings.Builder
	for k := range all {
		s := &all[k]
		if k > 0 {
			if s.Paragraph {
				text.WriteString("\n\n")
			} else {
				text.WriteByte(' ')
			}
		}
		base, first := text.Len(), len(p.Words)
		text.WriteString(s.Text)
		at := 0
		for i := range s.Words {
			w := &s.Words[i]
			at += len(s.Text[at:]) - len(strings.TrimLeft(s.Text[at:], " \u00a0"))
			size := width(s.Text[at:], w.Form)
			head := -1
			if w.Head >= 0 {
				head = first + w.Head
			}
			p.Words = append(p.Words, Placed{w, Range{Start: base + at, End: base + at + size}, head})
			at += size
		}
		p.Sentences = append(p.Sentences, Range{Start: p.Words[first].Start, End: p.Words[len(p.Words)-1].End})
	}
	p.Text = text.String()
	return p
}

// width gives how many bytes of the text a form takes, whose marks the treebank may have
// put into plainer ones.
func width(text, form string) int {
	if strings.HasPrefix(text, form) {
		return len(form)
	}
	at := 0
	for range utf8.RuneCountInString(form) {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// Documents cuts sentences into those of each document.
func Documents(all []Sentence) (out [][]Sentence) {
	for i := range all {
		if i == 0 || all[i].First {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], all[i])
	}
	return out
}
