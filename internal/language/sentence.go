package language

import (
	_ "embed"
	"strings"
	"unicode"

	"readout/internal/language/boundary"
)

// Sentences lays the layer of sentences. Where one may end, trained weights decide; the
// quotation marks and brackets behind a stop belong to the sentence, and a paragraph
// always ends one.
type Sentences struct{}

//go:embed boundary.model
var boundaries string

// Annotate fills Document.Sentences.
func (Sentences) Annotate(d *Document) {
	weights := []byte(boundaries)
	d.Divide(func(_ int, p *boundary.Place) bool { return p.Ends(weights) })
}

// Divide fills Document.Sentences with what some judge says of each place where a sentence
// may end; the place stands behind a token.
func (d *Document) Divide(ends func(token int, p *boundary.Place) bool) {
	token := 0
	for p := range d.Paragraphs {
		first := token
		for token < len(d.Tokens) && d.Tokens[token].End <= d.Paragraphs[p].End {
			token++
		}
		if token > first {
			v := divider{Document: d, paragraph: p, start: first, last: token, ends: ends}
			v.divide()
		}
		if d.Cancelled() {
			return
		}
	}
}

// divider divides one paragraph.
type divider struct {
	*Document
	paragraph   int
	start, last int // the tokens of the paragraph, and of the sentence that is open
	quoted      bool
	brackets    int
	ends        func(int, *boundary.Place) bool
}

func (v *divider) divide() {
	stopped := strings.ContainsAny(v.Tokens[v.last-1].Lower, ".!?") || v.last-v.start > 1 && strings.ContainsAny(v.Tokens[v.last-2].Lower, ".!?")
	for i := v.start; i < v.last-1; i++ {
		v.follow(i)
		if !v.may(i) {
			continue
		}
		place := boundary.Place{Space: v.Tokens[i].End < v.Tokens[i+1].Start, Quoted: v.quoted, Bracketed: v.brackets > 0,
			Length: i - v.start + 1, Rest: v.last - i - 1, Stopped: stopped}
		for k := range place.Before {
			if i-k >= v.start {
				place.Before[k] = v.seen(i - k)
			}
		}
		for k := range place.After {
			if i+1+k < v.last {
				place.After[k] = v.seen(i + 1 + k)
			}
		}
		if v.opens(i, &place) || v.ends(i, &place) {
			v.close(i + 1)
		}
	}
	v.close(v.last)
}

// follow keeps count of quotation marks and brackets.
func (v *divider) follow(i int) {
	switch v.Tokens[i].Lower {
	case `"`:
		v.quoted = !v.quoted
	case "“", "``":
		v.quoted = true
	case "”", "''":
		v.quoted = false
	case "(", "[":
		v.brackets++
	case ")", "]":
		v.brackets = max(0, v.brackets-1)
	}
}

// may says whether a sentence may end behind a token: where space follows or a mark
// stands, and what comes next may begin one.
func (v *divider) may(i int) bool {
	t, next := &v.Tokens[i], &v.Tokens[i+1]
	if t.End == next.Start && t.Kind != Mark {
		return false
	}
	return t.Kind == Mark || next.Capital || next.Kind != Word || strings.HasSuffix(t.Lower, ".")
}

// opens says whether a quotation opens behind a full stop, which ends a sentence whatever
// the words are: 'They will come. "We are ready," he said.'
func (v *divider) opens(i int, p *boundary.Place) bool {
	stop, mark := p.Before[0].Text, p.After[0].Text
	if v.quoted || !p.Space || stop != "." && stop != "?" && stop != "!" {
		return false
	}
	next := i + 2
	opening := mark == "“" || mark == `"` && next < v.last && v.Tokens[next].Start == v.Tokens[i+1].End
	return opening && p.After[1].Capital
}

func (v *divider) seen(i int) boundary.Token {
	t := &v.Tokens[i]
	return boundary.Token{Text: t.Lower, Capital: t.Capital, Number: t.Kind == Number, Mark: t.Kind == Mark,
		Upper: t.Capital && upper(v.Words(t.Range))}
}

// upper says whether a word has no small letter.
func upper(word string) bool { return strings.IndexFunc(word, unicode.IsLower) < 0 }

// close ends the sentence that is open before a token.
func (v *divider) close(last int) {
	p := v.Paragraphs[v.paragraph]
	r := Range{v.Tokens[v.start].Start, v.Tokens[last-1].End}
	if v.start == 0 || v.Tokens[v.start-1].End <= p.Start {
		r.Start = p.Start
	}
	if last == v.last {
		r.End = p.End
	}
	v.Sentences = append(v.Sentences, Sentence{Range: r, Paragraph: v.paragraph, First: v.start, Last: last})
	v.start, v.brackets = last, 0
}
