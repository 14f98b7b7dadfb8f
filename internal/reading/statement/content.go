package statement

import (
	"sort"
	"strings"

	"readout/internal/language"
)

// content gives the ranges of what was said, between two tokens: the clause or quotation
// before the attribution, and what the frame of its cue takes behind it.
func (r *reader) content(s *language.Sentence, a said, from, limit int) []language.Range {
	var parts []language.Range
	before, ok := r.clauseBefore(s, from, r.reach(a, from))
	if ok {
		parts = append(parts, before)
	}
	after := a.behind
	if a.inverted {
		after = max(after, r.TokenAt(a.speaker.End-1)+1)
	}
	if behind, ok := r.clauseBehind(after, limit, len(parts) > 0, a); ok {
		parts = append(parts, behind)
	}
	return parts
}

// reach gives the token at which an attribution begins to speak for itself: its speaker,
// if he stands behind the attribution before, or what introduces him or the cue.
func (r *reader) reach(a said, from int) int {
	at := a.token
	if speaker := r.TokenAt(a.speaker.Start); !a.inverted && speaker >= from {
		at = min(at, speaker)
	}
	for at > from && introducing[r.Tokens[at-1].Lower] {
		at--
	}
	return at
}

// clauseBefore gives the words before an attribution, if they may be its content: they
// end in a comma or a quotation mark and fill the sentence from its start.
func (r *reader) clauseBefore(s *language.Sentence, from, begin int) (language.Range, bool) {
	if begin <= from || from > s.First && !r.quotedAt(from) {
		return language.Range{}, false
	}
	last := begin
	parted := last < len(r.Tokens) && r.Tokens[last].Lower == ","
	for last > from && marks(r.Tokens[last-1].Lower) {
		parted = true
		last--
	}
	if !parted || last-from < 2 {
		return language.Range{}, false
	}
	out := language.Range{Start: r.Tokens[from].Start, End: r.Tokens[last-1].End}
	if r.QuotationAt(out.End-1) == nil && adverbial[r.Tokens[from].Lower] && r.Tokens[from+1].Lower != "least" {
		return language.Range{}, false // "On Friday, the army said ..."
	}
	return r.whole(out), true
}

// clauseBehind gives the words behind an attribution. Behind a complete statement only a
// further quotation is content: the rest is "in his nightly address".
func (r *reader) clauseBehind(from, limit int, second bool, a said) (language.Range, bool) {
	from = r.skip(from, limit, a)
	last := limit
	for last > from && (marks(r.Tokens[last-1].Lower) || r.Tokens[last-1].Lower == "and") {
		last--
	}
	if last <= from || last-from < 2 && !r.quotedAt(from) {
		return language.Range{}, false
	}
	out := language.Range{Start: r.Tokens[from].Start, End: r.Tokens[last-1].End}
	if !second && a.cue.frame != quoted && !r.venue(a) {
		return r.whole(out), true
	}
	all := r.quotationsIn(out)
	if len(all) == 0 {
		return out, !second && a.cue.frame != quoted
	}
	out.Start = max(out.Start, all[0].Inside.Start)
	if a.cue.frame == quoted {
		out.End = min(out.End, all[0].Inside.End)
	}
	return r.whole(out), true
}

// venue says whether where or when it was said stands behind a cue, before the content:
// "said in a post: ...".
func (r *reader) venue(a said) bool {
	return a.cue.frame != object && a.behind < len(r.Tokens) && prepositions[r.Tokens[a.behind].Lower]
}

// listeners is how many tokens may stand for the listener: "told the BBC's evening news".
const listeners = 8

// skip gives where the content behind a cue begins: behind marks, "that" and, for "told",
// the listener.
func (r *reader) skip(from, limit int, a said) int {
	switch {
	case listener[r.Tokens[a.token].Lower] && a.cue.frame != object:
		from = r.skipListener(from, limit)
	case r.venue(a) && from < limit:
		from = r.skipVenue(from, limit)
	}
	for from < limit && !r.opens(from) && (marks(r.Tokens[from].Lower) || r.Tokens[from].Lower == "that") {
		from++
	}
	return from
}

// skipVenue goes behind the "that" of "said on Monday that", if there is one.
func (r *reader) skipVenue(from, limit int) int {
	for i := from; i < min(from+listeners, limit) && r.Tokens[i].Kind != language.Mark && !r.quotedAt(i); i++ {
		if r.Tokens[i].Lower == "that" {
			return i
		}
	}
	return from
}

func (r *reader) skipListener(from, limit int) int {
	for i := from; i < min(from+listeners, limit); i++ {
		if r.Tokens[i].Lower == "that" || r.Tokens[i].Kind == language.Mark || r.quotedAt(i) {
			return i
		}
	}
	if m := r.MentionIn(from, min(from+1, limit)); m != nil {
		return r.TokenAt(m.End)
	}
	return min(from+1, limit)
}

// quotedAt says whether a token stands in a quotation.
func (r *reader) quotedAt(i int) bool { return r.QuotationAt(r.Tokens[i].Start) != nil }

// opens says whether a mark opens a quotation.
func (r *reader) opens(i int) bool {
	return i+1 < len(r.Tokens) && marks(r.Tokens[i].Lower) && !r.quotedAt(i) && r.quotedAt(i+1)
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

func marks(s string) bool { return strings.Contains(`,.;:!?"“”…-–—`, s) && s != "" }

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
