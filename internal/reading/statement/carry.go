package statement

import (
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// carry reads a sentence in quotation marks that names no speaker. In the paragraph of
// the statement before, and where a quotation was left open, it belongs to that
// statement; as a quotation of its own in the next paragraph it is a statement of the
// same speaker; behind "Reen said:" it is what was announced.
func (r *reader) carry(s int) {
	sentence := &r.Sentences[s]
	q := r.quotationOf(sentence)
	if q == nil || sentence.Paragraph-r.paragraph > 1 {
		return
	}
	words := r.whole(sentence.Range)
	switch {
	case r.announced != nil:
		a := *r.announced
		st := r.statement(s, []language.Range{words}, r.Actor(a.speaker))
		r.attribute(&st, a)
		r.keep(st, sentence.Paragraph)
	case r.last < 0:
	case sentence.Paragraph == r.paragraph || q.Continued:
		r.extend(words, sentence.Paragraph)
	default:
		st := r.statement(s, []language.Range{words}, r.Findings.Statements[r.last].Speaker)
		st.Act, st.Rule, st.Confidence, st.Implicit = events.ActClaim, ruleCarried, sureCarried, true
		r.keep(st, sentence.Paragraph)
	}
}

// mostly is the share of a sentence that has to stand in quotation marks for it to be
// one that somebody speaks.
const mostly = 0.75

// quotationOf gives the quotation that a sentence begins in, if it holds most of it.
func (r *reader) quotationOf(s *language.Sentence) *language.Quotation {
	q := r.QuotationAt(s.Start)
	if q == nil && r.opens(s.First) {
		q = r.QuotationAt(r.Tokens[s.First+1].Start)
	}
	if q == nil || float64(min(q.Outside.End, s.End)-s.Start) < mostly*float64(s.Len()) {
		return nil
	}
	return q
}

// extend adds words to the statement before: to its last part where nothing but space lies
// between, else as a part of their own.
func (r *reader) extend(words language.Range, paragraph int) {
	st := &r.Findings.Statements[r.last]
	end := len(st.Parts) - 1
	last := r.Bytes(st.Parts[end])
	if words.Start < last.End {
		return
	}
	if paragraph == r.paragraph && strings.TrimSpace(r.Text[last.End:words.Start]) == "" {
		words.Start = last.Start
		st.Parts = st.Parts[:end]
	}
	st.Parts = append(st.Parts, r.Span(words))
	st.Span = st.Parts[0]
	r.paragraph = paragraph
}
