// Package quotation pairs quotation marks, paragraph by paragraph. It reads paragraphs
// and writes the layer of quotations.
//
// In
//
//	"We wait," he said. "We are patient.
//
//	"And we are many."
//
// it finds three stretches. The second is open: its paragraph ends without a closing
// mark, as it does when a quotation goes on in the next paragraph, and the third
// continues it. Because no mark is carried over a paragraph, one that is missing or odd
// spoils one paragraph and not the article.
package quotation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/language"
)

// Annotator writes the layer of quotations.
type Annotator struct{}

// Annotate fills Document.Quotations, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	for p := range d.Paragraphs {
		paragraph(d, p)
		if d.Cancelled() {
			return
		}
	}
}

func paragraph(d *language.Document, p int) {
	r := d.Paragraphs[p].Range
	open := -1 // where the words of an open quotation begin
	first := len(d.Quotations)
	for at := r.Start; at < r.End; {
		mark, size := utf8.DecodeRuneInString(d.Text[at:r.End])
		switch {
		case mark == '“' || mark == '"' && open < 0 || mark == '„':
			if open < 0 {
				open = at + size
			}
		case open >= 0 && (mark == '”' || mark == '"'):
			add(d, p, language.Range{Start: open, End: at}, size, first)
			open = -1
		}
		at += size
	}
	if open >= 0 && open < r.End {
		add(d, p, language.Range{Start: open, End: r.End}, 0, first)
	}
}

// add stores a quotation; one of no words is none.
func add(d *language.Document, p int, inside language.Range, closing, first int) {
	if strings.IndexFunc(d.Words(inside), letter) < 0 {
		return
	}
	_, opening := utf8.DecodeLastRuneInString(d.Text[:inside.Start])
	q := language.Quotation{Inside: inside, Outside: language.Range{Start: inside.Start - opening, End: inside.End + closing},
		Paragraph: p, Open: closing == 0}
	if n := len(d.Quotations); n == first && n > 0 {
		before := d.Quotations[n-1]
		q.Continued = before.Open && before.Paragraph == p-1 && q.Outside.Start == d.Paragraphs[p].Start
	}
	d.Quotations = append(d.Quotations, q)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
