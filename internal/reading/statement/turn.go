package statement

import (
	"strings"
	"unicode"

	"readout/internal/language"
	"readout/pkg/events"
)

// turn is what a paragraph says by its form alone: who speaks stands at its beginning, as in
// an interview, or behind a dash at its end, as under a letter.
type turn struct {
	speaker, cue language.Range
	content      []language.Range
	rule         string
	sure         float64
}

const (
	// labelTokens is the most tokens of a name before a colon or behind a dash.
	labelTokens = 7
	// shortestName is the least bytes of a name: "Q:" and "A:" name nobody.
	shortestName = 3
	// longestTurn is the most paragraphs of a turn.
	longestTurn = 7
	// leastTurns is how many paragraphs with a name before a colon make an interview: two
	// alone may be a list.
	leastTurns = 3
)

// turns gives the paragraphs whose form says who speaks, by their numbers. A turn of more
// than one paragraph stands at its first; the others are there without a content.
func (r *reader) turns() map[int]*turn {
	out := map[int]*turn{}
	first := make([]int, len(r.Paragraphs)+1)
	for p, s := 0, 0; p <= len(r.Paragraphs); p++ {
		for s < len(r.Sentences) && r.Sentences[s].Paragraph < p {
			s++
		}
		first[p] = s
	}
	labels := map[string]int{}
	total := 0
	for p := range r.Paragraphs {
		if first[p] == first[p+1] || !r.Readable(first[p]) {
			continue
		}
		from, to := r.Sentences[first[p]].First, r.Sentences[first[p+1]-1].Last
		if t := r.labelled(from, to); t != nil {
			out[p] = t
			labels[r.Words(t.speaker)]++
			total++
		} else if t := r.signed(p, from, to); t != nil {
			out[p] = t
		}
	}
	if total < leastTurns || len(labels) < 2 || len(labels) == total {
		for p, t := range out {
			if t.rule == ruleTurn {
				delete(out, p)
			}
		}
		return out
	}
	r.continued(out, first)
	return out
}

// labelled reads "REEN: We will wait.": a name in capitals before a colon.
func (r *reader) labelled(from, to int) *turn {
	if from < to && marks(r.Tokens[from].Lower) {
		from++
	}
	for i := from; i < min(to-1, from+labelTokens); i++ {
		if r.Tokens[i].Lower == ":" {
			if i == from || i+1 >= to {
				return nil
			}
			x := language.Range{Start: r.Tokens[from].Start, End: r.Tokens[i-1].End}
			if x.Len() < shortestName || !capitals(r.Words(x)) {
				return nil
			}
			content := language.Range{Start: r.Tokens[i+1].Start, End: r.Tokens[to-1].End}
			return &turn{x, r.Tokens[i].Range, []language.Range{content}, ruleTurn, sureTurn}
		}
	}
	return nil
}

// capitals says whether a label has letters, none of them small.
func capitals(s string) bool {
	return strings.IndexFunc(s, unicode.IsUpper) >= 0 && strings.IndexFunc(s, unicode.IsLower) < 0
}

// continued gives a turn the paragraphs up to the next one that has a name: behind the last
// name the article may go on in its own words. Paragraphs in brackets are the editor's.
func (r *reader) continued(turns map[int]*turn, first []int) {
	last := -1
	for p := range r.Paragraphs {
		if t := turns[p]; t == nil || t.rule != ruleTurn {
			continue
		}
		if last >= 0 && p-last <= longestTurn {
			for k := last + 1; k < p; k++ {
				if turns[k] != nil || first[k] == first[k+1] || !r.Readable(first[k]) {
					continue
				}
				at := r.Sentences[first[k]].First
				if marks(r.Tokens[at].Lower) {
					at++
				}
				turns[k] = &turn{rule: ruleTurn}
				if at < r.Sentences[first[k+1]-1].Last && r.Tokens[at].Lower != "(" {
					turns[last].content = append(turns[last].content, language.Range{Start: r.Tokens[at].Start, End: r.Paragraphs[k].End})
				}
			}
		}
		last = p
	}
}

// signed reads a paragraph that is a quotation and, behind a dash, a name: ""We will wait."
// - Ada Reen".
func (r *reader) signed(p, from, to int) *turn {
	q := r.QuotationAt(r.Tokens[from].End)
	if q == nil || q.Open || q.Outside.Start != r.Paragraphs[p].Start {
		return nil
	}
	last := r.quotationsIn(r.Paragraphs[p].Range)
	end := &last[len(last)-1]
	if end.Open {
		return nil
	}
	dash := r.TokenAt(end.Outside.End)
	for to > dash && marks(r.Tokens[to-1].Lower) {
		to--
	}
	if dash+1 >= to || to-dash > labelTokens || !dashes(r.Tokens[dash].Lower) || end.Outside.Start != q.Outside.Start {
		return nil
	}
	for i := dash + 1; i < to; i++ {
		if t := &r.Tokens[i]; t.Kind == language.Word && !t.Capital {
			return nil
		}
	}
	speaker := language.Range{Start: r.Tokens[dash+1].Start, End: r.Tokens[to-1].End}
	return &turn{speaker, r.Tokens[dash].Range, []language.Range{q.Outside}, ruleSigned, sureSigned}
}

func dashes(s string) bool { return s != "" && strings.Trim(s, "-–—―") == "" }

// take makes the statement of a turn.
func (r *reader) take(s int, t *turn) {
	if len(t.content) == 0 {
		return
	}
	st := r.statement(s, t.content, r.called(t.speaker))
	cue := r.Span(t.cue)
	st.Cue, st.Act, st.Rule, st.Confidence = &cue, events.ActClaim, t.rule, t.sure
	r.keep(st, r.Sentences[s].Paragraph)
}

// called gives who is meant by a name that stands alone: the person of that surname whom the
// article names elsewhere, else the words themselves.
func (r *reader) called(x language.Range) events.Actor {
	if r.surnames == nil {
		r.surnames = r.bySurname()
	}
	words := strings.Fields(r.Words(x))
	named := language.Mention{Range: x}
	named.Actor.Name = r.Words(x)
	if m := r.surnames[strings.ToLower(words[len(words)-1])]; m != nil {
		named.Actor = m.Actor
	}
	return r.Actor(&named)
}

// bySurname gives the first mention of each person with a full name. It is made once an
// article, since one of many turns may have many mentions.
func (r *reader) bySurname() map[string]*language.Mention {
	out := map[string]*language.Mention{}
	for i := range r.Mentions {
		m := &r.Mentions[i]
		name := strings.Fields(m.Actor.Name)
		if m.Actor.Type != events.ActorPerson || len(name) < 2 {
			continue
		}
		if surname := strings.ToLower(name[len(name)-1]); out[surname] == nil {
			out[surname] = m
		}
	}
	return out
}
