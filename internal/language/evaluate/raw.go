package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"readout/internal/language"
	"readout/internal/language/treebank"
)

// placed is a word of the treebank with its place in the plain text.
type placed struct {
	*treebank.Word
	language.Range
	head int // its index among all words, -1 for a root
}

// plain is the text of a document, with the places of words and sentences.
type plain struct {
	text      string
	words     []placed
	sentences []language.Range
}

// rebuild makes the plain text of the sentences of a document.
func rebuild(all []treebank.Sentence) *plain {
	p := &plain{}
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
		base, first := text.Len(), len(p.words)
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
			p.words = append(p.words, placed{w, language.Range{Start: base + at, End: base + at + size}, head})
			at += size
		}
		p.sentences = append(p.sentences, language.Range{Start: p.words[first].Start, End: p.words[len(p.words)-1].End})
	}
	p.text = text.String()
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

// documents cuts sentences into those of each document.
func documents(all []treebank.Sentence) (out [][]treebank.Sentence) {
	for i := range all {
		if i == 0 || all[i].First {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], all[i])
	}
	return out
}

// measureRaw gives the layers plain text alone.
func measureRaw(all []treebank.Sentence, show int) (x score) {
	for _, doc := range documents(all) {
		p := rebuild(doc)
		d := language.New(p.text, nil)
		language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}}.Annotate(d)
		x.compare(p, d)
		if show > 0 {
			show -= differences(p, d, show)
		}
	}
	return x
}

// compare counts the words and sentences that stand at the same place in both.
func (x *score) compare(p *plain, d *language.Document) {
	x.gold += len(p.words)
	x.own += len(d.Tokens)
	own := map[language.Range]int{}
	for i, t := range d.Tokens {
		own[t.Range] = i
	}
	for i := range p.words {
		w := &p.words[i]
		k, ok := own[w.Range]
		if !ok {
			continue
		}
		x.found++
		t := &d.Tokens[k]
		same := t.Head < 0 && w.head < 0
		if t.Head >= 0 && w.head >= 0 {
			same = d.Tokens[t.Head].Range == p.words[w.head].Range
		}
		x.count(w.Word, t, same)
	}
	ends := map[language.Range]bool{}
	for _, r := range p.sentences {
		ends[r] = true
	}
	x.goldSentences += len(p.sentences)
	x.ownSentences += len(d.Sentences)
	for _, s := range d.Sentences {
		if ends[language.Range{Start: d.Tokens[s.First].Start, End: d.Tokens[s.Last-1].End}] {
			x.sentences++
		}
	}
}

// differences prints where tokens or sentences differ.
func differences(p *plain, d *language.Document, most int) (n int) {
	own := map[language.Range]bool{}
	for _, t := range d.Tokens {
		own[t.Range] = true
	}
	for i := range p.words {
		if r := p.words[i].Range; !own[r] && n < most {
			n++
			fmt.Printf("TOKEN %q in %q\n", p.text[r.Start:r.End], p.text[max(0, r.Start-15):min(len(p.text), r.End+15)])
		}
	}
	starts := map[int]bool{}
	for _, r := range p.sentences {
		starts[r.Start] = true
	}
	for _, s := range d.Sentences {
		at := d.Tokens[s.First].Start
		if !starts[at] && n < most {
			n++
			fmt.Printf("SPLIT %q | %q\n", p.text[max(0, at-40):at], p.text[at:min(len(p.text), at+30)])
		}
		delete(starts, at)
	}
	for _, r := range p.sentences {
		if starts[r.Start] && n < most {
			n++
			fmt.Printf("JOINED %q | %q\n", p.text[max(0, r.Start-40):r.Start], p.text[r.Start:min(len(p.text), r.Start+30)])
		}
	}
	return n
}
