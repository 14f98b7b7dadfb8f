package mention

import (
	"strings"

	"readout/internal/language"
)

// phrase is a run of tokens that may name somebody: capitals, titles, heads, and what
// binds them.
type phrase struct {
	// start and end bound its tokens; start takes in a determiner.
	start, end int
	// first is the first token behind the determiner.
	first int
	// definite is true behind "the".
	definite bool
}

// phrase gives the phrase that begins at a token; its end is its start when none does.
func (r *reader) phrase(i, limit int) phrase {
	p := phrase{start: i, end: i, first: i}
	if lower := r.Tokens[i].Lower; (lower == "the" || lower == "a" || lower == "an") && i+1 < limit {
		p.first, p.definite = i+1, lower == "the"
	}
	limit = min(limit, p.first+maxPhrase)
	last := p.first // behind the last token that belongs for certain
	for j := p.first; j < limit; j++ {
		switch {
		case r.belongs(j, p.first):
			last = j + 1
		case j > p.first && last == j && r.binds(j, limit):
		default:
			limit = j
		}
	}
	if last > p.first {
		p.end = last
	}
	return p
}

// belongs says whether a token is a part of a name, a title or a role.
func (r *reader) belongs(j, first int) bool {
	t := &r.Tokens[j]
	if t.Kind != language.Word {
		return false
	}
	if t.Capital {
		return j > first && !notNames[t.Lower] || !notNames[t.Lower] || titles[t.Lower]
	}
	return titles[t.Lower] || heads[t.Lower]
}

// binds says whether a token holds two parts of a phrase together: "Varland's army",
// "Secretary of State".
func (r *reader) binds(j, limit int) bool {
	if j+1 >= limit {
		return false
	}
	t := r.Tokens[j].Lower
	switch {
	case possessive(t):
		return titles[r.Tokens[j+1].Lower] || heads[r.Tokens[j+1].Lower]
	case t == "of" || t == "for":
		next := &r.Tokens[j+1]
		named := next.Capital && !notNames[next.Lower] || next.Lower == "the" && j+2 < limit && r.Tokens[j+2].Capital
		return named && (r.Tokens[j-1].Capital || heads[r.Tokens[j-1].Lower])
	case t == "the":
		return r.Tokens[j-1].Lower == "of" || r.Tokens[j-1].Lower == "for"
	}
	return false
}

// text gives the words of some tokens.
func (r *reader) text(from, to int) string {
	return r.Words(language.Range{Start: r.Tokens[from].Start, End: r.Tokens[to-1].End})
}

// lookup gives the longest name of the table that begins at a token, and where it ends.
func (r *reader) lookup(from, to int) (entry, int) {
	for end := min(to, from+parties.longest); end > from; end-- {
		if e, ok := parties.names[fold(r.text(from, end))]; ok {
			return e, end
		}
	}
	return entry{}, from
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
