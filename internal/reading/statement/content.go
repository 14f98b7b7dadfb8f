package statement

import (
	"sort"
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// state adds the statement of one attribution, looking for its content between two
// tokens.
func (r *reader) state(s int, a said, from, limit int) {
	sentence := &r.Sentences[s]
	parts := r.content(sentence, a, from, limit)
	if len(parts) == 0 {
		return
	}
	cueEnd := a.token
	if a.according {
		cueEnd++
	}
	cue := r.Span(language.Range{Start: r.Tokens[a.token].Start, End: r.Tokens[cueEnd].End})
	st := r.statement(s, parts, a.speaker)
	st.Cue, st.Act, st.Rule, st.Confidence = &cue, a.cue.act, ruleSaid, sureSaid
	if a.according {
		st.Rule = ruleAccording
	} else if a.speaker.Pronoun || !a.inverted && r.Tokens[a.token].Start-a.speaker.End > 20 {
		st.Confidence = sureDistant
	}
	r.keep(s, st, a.speaker)
}

// content gives the ranges of what was said: the quotations beside the attribution, or
// the clause behind it, or the clause before it.
func (r *reader) content(s *language.Sentence, a said, from, limit int) []language.Range {
	var parts []language.Range
	begin := r.reach(a)
	if before, ok := r.clauseBefore(s, from, begin); ok {
		parts = append(parts, before)
	}
	after := a.token + 1
	if a.according {
		after++
	}
	if a.inverted {
		after = max(after, r.TokenAt(a.speaker.End-1)+1)
	}
	if behind, ok := r.clauseBehind(after, limit, len(parts) > 0, a); ok {
		parts = append(parts, behind)
	}
	return parts
}

// clauseBefore gives the words before an attribution, if they may be its content: they
// end in a comma or a quotation mark and fill the sentence from its start.
func (r *reader) clauseBefore(s *language.Sentence, from, begin int) (language.Range, bool) {
	if begin <= from || from > s.First && !r.quotedAt(from) {
		return language.Range{}, false
	}
	last := begin
	sep := last < len(r.Tokens) && r.Tokens[last].Lower == ","
	for last > from && marks(r.Tokens[last-1].Lower) {
		sep = true
		last--
	}
	if !sep || last <= from || last-from < 2 {
		return language.Range{}, false
	}
	out := language.Range{Start: r.Tokens[from].Start, End: r.Tokens[last-1].End}
	q := r.QuotationAt(out.End - 1)
	if q == nil && adverbial(r.Tokens[from].Lower) && r.Tokens[from+1].Lower != "least" {
		return language.Range{}, false // "On Friday, the army said ..."
	}
	return r.whole(out), true
}

// quotedAt says whether a token stands in a quotation.
func (r *reader) quotedAt(i int) bool { return r.QuotationAt(r.Tokens[i].Start) != nil }

// adverbial says whether a word begins a phrase of time, place or manner, which is no
// content.
func adverbial(word string) bool {
	return word == "on" || word == "in" || word == "at" || word == "after" || word == "before" || word == "during" ||
		word == "earlier" || word == "later" || word == "meanwhile" || word == "however" || word == "but" || word == "and" ||
		word == "speaking" || word == "asked" || word == "following" || word == "when" || word == "while" || word == "as" ||
		word == "talking" || word == "last" || word == "yet" || word == "then" || word == "separately" || word == "despite"
}

// clauseBehind gives the words behind an attribution.
func (r *reader) clauseBehind(from, limit int, second bool, a said) (language.Range, bool) {
	for from < limit && (listeners[r.Tokens[from].Lower] || marks(r.Tokens[from].Lower) || r.Tokens[from].Lower == "that") {
		if r.opens(from) {
			break
		}
		from++
	}
	last := limit
	for last > from && (marks(r.Tokens[last-1].Lower) || r.Tokens[last-1].Lower == "and") {
		last--
	}
	if last-from < 2 {
		return language.Range{}, false
	}
	out := language.Range{Start: r.Tokens[from].Start, End: r.Tokens[last-1].End}
	q := r.firstQuotation(out)
	switch {
	case second && q == nil, a.according:
		// Behind a complete statement only a further quotation is content: the rest is
		// "in his nightly address".
		return language.Range{}, false
	case (second || a.cue.frame == quoted) && q == nil:
		return language.Range{}, false
	case second || a.cue.frame == quoted || r.Tokens[a.token+1].Lower == "in" || r.Tokens[a.token+1].Lower == "on" || r.Tokens[a.token+1].Lower == "of":
		if q != nil {
			out.Start = q.Inside.Start
			if a.cue.frame == quoted && out.End > q.Outside.End {
				out.End = q.Outside.End
			}
		}
	}
	return r.whole(out), true
}

// opens says whether a mark opens a quotation.
func (r *reader) opens(i int) bool {
	return i+1 < len(r.Tokens) && marks(r.Tokens[i].Lower) && r.quotedAt(i+1)
}

// quotationsIn gives the quotations that share a byte with a range.
func (r *reader) quotationsIn(x language.Range) []language.Quotation {
	from := sort.Search(len(r.Quotations), func(i int) bool { return r.Quotations[i].Inside.End > x.Start })
	to := from
	for to < len(r.Quotations) && r.Quotations[to].Inside.Start < x.End {
		to++
	}
	return r.Quotations[from:to]
}

func (r *reader) firstQuotation(in language.Range) *language.Quotation {
	if all := r.quotationsIn(in); len(all) > 0 {
		return &all[0]
	}
	return nil
}

func marks(s string) bool {
	return strings.Contains(`,.;:!?"“”…-–—`, s) && s != ""
}

// whole takes in the quotation marks at the ends of a range.
func (r *reader) whole(x language.Range) language.Range {
	if q := r.QuotationAt(x.Start); q != nil && x.Start-q.Inside.Start < 2 {
		x.Start = q.Outside.Start
	}
	if q := r.QuotationAt(x.End - 1); q != nil && q.Inside.End-x.End < 3 {
		x.End = q.Outside.End
	}
	return x
}

// carry adds a sentence in quotation marks that names no speaker, when the one before
// can be taken over: in the same paragraph, or in the next as a quotation of its own.
func (r *reader) carry(s int) {
	sentence := &r.Sentences[s]
	q := r.QuotationAt(sentence.Start)
	if q == nil && sentence.First < sentence.Last && r.opens(sentence.First) {
		q = r.QuotationAt(r.Tokens[sentence.First+1].Start)
	}
	if q == nil || r.last == nil || sentence.Paragraph-r.paragraph > 1 || q.Outside.End < sentence.End-2 && q.Inside.Len() < sentence.Len()*3/4 {
		return
	}
	st := r.statement(s, []language.Range{r.whole(sentence.Range)}, r.last.mention)
	st.Act, st.Rule, st.Confidence, st.Implicit = events.ActClaim, ruleCarried, sureCarried, sentence.Paragraph != r.paragraph
	r.keep(s, st, r.last.mention)
}

// statement makes a statement of some ranges and a speaker.
func (r *reader) statement(s int, parts []language.Range, by *language.Mention) events.Statement {
	sentence := &r.Sentences[s]
	var st events.Statement
	st.Paragraph, st.Zone = sentence.Paragraph, r.Paragraphs[sentence.Paragraph].Zone
	total, inside := 0, 0
	for _, p := range parts {
		st.Parts = append(st.Parts, r.Span(p))
		total += p.Len()
		for _, q := range r.quotationsIn(p) {
			x := language.Range{Start: max(q.Inside.Start, p.Start), End: min(q.Inside.End, p.End)}
			st.Quoted = append(st.Quoted, r.Span(x))
			inside += x.Len()
		}
	}
	st.Span = st.Parts[0]
	st.Kind = kind(total, inside)
	st.Speaker = r.Actor(by)
	return st
}

// kind tells how much of the content stands in quotation marks.
func kind(total, inside int) events.StatementKind {
	switch {
	case inside == 0:
		return events.Indirect
	case total-inside <= 6:
		return events.Direct
	}
	return events.Mixed
}

func (r *reader) keep(s int, st events.Statement, by *language.Mention) {
	st.ID = r.id(&st)
	r.Findings.Statements = append(r.Findings.Statements, st)
	r.last, r.paragraph = &speaker{by}, r.Sentences[s].Paragraph
}
