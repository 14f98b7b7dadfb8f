package main

import (
	"fmt"

	"readout/internal/language"
	"readout/internal/language/treebank"
)

// measureRaw gives the layers plain text alone.
func measureRaw(all []treebank.Sentence, show int) (x score) {
	for _, doc := range treebank.Documents(all) {
		p := treebank.Rebuild(doc)
		d := language.New(p.Text, nil)
		language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}}.Annotate(d)
		x.compare(p, d)
		if show > 0 {
			show -= differences(p, d, show)
		}
	}
	return x
}

// compare counts the words and sentences that stand at the same place in both.
func (x *score) compare(p *treebank.Plain, d *language.Document) {
	x.gold += len(p.Words)
	x.own += len(d.Tokens)
	own := map[language.Range]int{}
	for i, t := range d.Tokens {
		own[t.Range] = i
	}
	for i := range p.Words {
		w := &p.Words[i]
		k, ok := own[language.Range(w.Range)]
		if !ok {
			continue
		}
		x.found++
		t := &d.Tokens[k]
		same := t.Head < 0 && w.Index < 0
		if t.Head >= 0 && w.Index >= 0 {
			same = d.Tokens[t.Head].Range == language.Range(p.Words[w.Index].Range)
		}
		x.count(w.Word, t, same)
	}
	ends := map[language.Range]bool{}
	for _, r := range p.Sentences {
		ends[language.Range(r)] = true
	}
	x.goldSentences += len(p.Sentences)
	x.ownSentences += len(d.Sentences)
	for _, s := range d.Sentences {
		if ends[language.Range{Start: d.Tokens[s.First].Start, End: d.Tokens[s.Last-1].End}] {
			x.sentences++
		}
	}
}

// differences prints where tokens or sentences differ.
func differences(p *treebank.Plain, d *language.Document, most int) (n int) {
	own := map[language.Range]bool{}
	for _, t := range d.Tokens {
		own[t.Range] = true
	}
	for i := range p.Words {
		if r := p.Words[i].Range; !own[language.Range(r)] && n < most {
			n++
			fmt.Printf("TOKEN %q in %q\n", p.Text[r.Start:r.End], p.Text[max(0, r.Start-15):min(len(p.Text), r.End+15)])
		}
	}
	starts := map[int]bool{}
	for _, r := range p.Sentences {
		starts[r.Start] = true
	}
	for _, s := range d.Sentences {
		at := d.Tokens[s.First].Start
		if !starts[at] && n < most {
			n++
			fmt.Printf("SPLIT %q | %q\n", p.Text[max(0, at-40):at], p.Text[at:min(len(p.Text), at+30)])
		}
		delete(starts, at)
	}
	for _, r := range p.Sentences {
		if starts[r.Start] && n < most {
			n++
			fmt.Printf("JOINED %q | %q\n", p.Text[max(0, r.Start-40):r.Start], p.Text[r.Start:min(len(p.Text), r.Start+30)])
		}
	}
	return n
}
