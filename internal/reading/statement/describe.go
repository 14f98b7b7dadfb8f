package statement

import (
	"slices"

	"readout/internal/language"
	"readout/pkg/events"
)

// describe says of every statement, by whichever layer it was found, what it is beyond who
// said what: through whom it came (via.go), which act it is (act.go), to whom and of whom
// it was said (sides.go), and how sure its words are (polarity.go). Words that were not
// said are taken out (silence.go).
func (r *reader) describe() {
	all := r.tellings()
	all = slices.DeleteFunc(all, func(t telling) bool { return r.unspoken(&t) })
	all = r.relay(all)
	list := make([]events.Statement, 0, len(all))
	for i := range all {
		t := &all[i]
		r.document(t)
		r.act(t)
		r.sides(t)
		r.carries(t)
		list = append(list, t.st)
	}
	if len(list) == 0 {
		list = nil
	}
	r.Findings.Statements = list
}

// telling is a statement with the tokens that its cue and its parts cover.
type telling struct {
	st events.Statement
	// from and to bound the cue, equal for none.
	from, to int
	parts    []stretch
	// clauses are the main clauses of the content.
	clauses []predicate
}

// stretch is some tokens of the document, the last exclusive.
type stretch struct{ from, to int }

func (s stretch) holds(i int) bool { return s.from <= i && i < s.to }

// tellings gives all statements, in the order of the text, with what stands in them.
func (r *reader) tellings() []telling {
	list := r.Findings.Statements
	slices.SortStableFunc(list, func(a, b events.Statement) int { return a.Span.Start - b.Span.Start })
	out := make([]telling, 0, len(list))
	for i := range list {
		out = append(out, r.telling(list[i]))
	}
	return out
}

func (r *reader) telling(st events.Statement) telling {
	t := telling{st: st}
	if st.Cue != nil {
		t.from, t.to = r.Bounds(r.Bytes(*st.Cue))
	}
	for _, p := range st.Parts {
		from, to := r.Bounds(r.Bytes(p))
		t.parts = append(t.parts, stretch{from, to})
	}
	return t
}

// holds says whether a token belongs to the content.
func (t *telling) holds(i int) bool {
	return slices.ContainsFunc(t.parts, func(p stretch) bool { return p.holds(i) })
}

// tokens gives the range of some tokens.
func (r *reader) tokens(s stretch) language.Range {
	return language.Range{Start: r.Tokens[s.from].Start, End: r.Tokens[s.to-1].End}
}

// opening gives the first token of what follows the cue that is no mark, -1 for none.
func (r *reader) opening(t *telling) int {
	for _, p := range t.parts {
		for i := p.from; i < p.to; i++ {
			if i >= t.to && r.Tokens[i].Kind != language.Mark {
				return i
			}
		}
	}
	return -1
}
