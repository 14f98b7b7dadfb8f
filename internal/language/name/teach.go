package name

import "readout/internal/language"

// Span is a name of a document that teaches: its tokens, Last exclusive.
type Span struct{ First, Last int }

// Teacher gives the features from which the models are taught, the same as reading sees.
type Teacher struct{ view view }

// Look sets the teacher on a document with its parse.
func (t *Teacher) Look(d *language.Document, c *Classes) { t.view.look(d, c) }

// Sentence gives the example of a sentence for the chain.
func (t *Teacher) Sentence(k int) Example {
	v := &t.view
	s := &v.doc.Sentences[k]
	var e Example
	for i := s.First; i < s.Last; i++ {
		var f features
		if v.tokens[i].open {
			f = v.span(nil, i, s)
		}
		e.Features, e.Class, e.Closed = append(e.Features, f), append(e.Class, v.tokens[i].class), append(e.Closed, !v.tokens[i].open)
	}
	return e
}

// Kind gives the features that tell what a name is.
func (t *Teacher) Kind(x Span) []uint32 {
	return t.view.kind(nil, &stretch{first: x.First, last: x.Last, sentence: t.view.doc.SentenceOf(x.First)})
}
