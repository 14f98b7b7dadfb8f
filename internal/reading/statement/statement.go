package statement

import (
	"sort"
	"strconv"
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the statements.
type Annotator struct{}

// The rules that make statements, and how often what they make is right on news that the
// rules were not written for, by eye.
const (
	ruleSaid      = "statement.said"
	ruleAccording = "statement.according_to"
	ruleHeadline  = "statement.headline"
	ruleCarried   = "statement.carried_over"

	sureSaid    = 0.8
	sureDistant = 0.6
	sureUnnamed = 0.5
	sureCarried = 0.65
)

// Annotate fills Document.Findings.Statements, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	r := &reader{Document: d, last: -1}
	for s := range d.Sentences {
		if d.Readable(s) {
			r.sentence(s)
		}
		if d.Cancelled() {
			return
		}
	}
	r.finish()
}

// reader remembers who spoke, for quotations that name nobody.
type reader struct {
	*language.Document
	last int // the statement before, -1 for none
	// paragraph is where that statement, or the announcement of one, stands.
	paragraph int
	// announced is an attribution that ended in a colon, whose words are still to come.
	announced *said
}

func (r *reader) sentence(s int) {
	sentence := &r.Sentences[s]
	if r.headline(s) {
		return
	}
	found := r.attributions(sentence)
	for i, a := range found {
		from, limit := sentence.First, sentence.Last
		if i > 0 {
			from = found[i-1].behind
		}
		if i+1 < len(found) {
			limit = r.reach(found[i+1], a.behind)
		}
		r.state(s, a, from, limit)
	}
	if len(found) == 0 {
		r.carry(s)
	}
}

// headline reads "Reen: Talks will go on", which only headlines have.
func (r *reader) headline(s int) bool {
	sentence := &r.Sentences[s]
	if r.Paragraphs[sentence.Paragraph].Zone != events.ZoneHeadline {
		return false
	}
	m := r.mentionFrom(sentence.First, sentence.First+1)
	if m == nil {
		return false
	}
	colon := r.TokenAt(m.End)
	if colon+2 >= sentence.Last || r.Tokens[colon].Lower != ":" {
		return false
	}
	st := r.statement(s, []language.Range{{Start: r.Tokens[colon+1].Start, End: sentence.End}}, r.Actor(m))
	cue := r.Span(r.Tokens[colon].Range)
	st.Cue, st.Act, st.Rule, st.Confidence = &cue, events.ActClaim, ruleHeadline, sureDistant
	r.keep(st, sentence.Paragraph)
	return true
}

// state adds the statement of one attribution, looking for its content between two
// tokens.
func (r *reader) state(s int, a said, from, limit int) {
	sentence := &r.Sentences[s]
	parts := r.content(sentence, a, from, limit)
	if len(parts) == 0 {
		if r.Tokens[sentence.Last-1].Lower == ":" {
			r.announced, r.paragraph = &a, sentence.Paragraph
		}
		return
	}
	st := r.statement(s, parts, r.Actor(a.speaker))
	r.attribute(&st, a)
	r.keep(st, sentence.Paragraph)
}

// attribute fills what the attribution tells of a statement.
func (r *reader) attribute(st *events.Statement, a said) {
	cue := r.Span(language.Range{Start: r.Tokens[a.token].Start, End: r.Tokens[a.behind-1].End})
	st.Cue, st.Act, st.Rule, st.Confidence = &cue, a.cue.act, ruleSaid, sureSaid
	if a.according {
		st.Rule = ruleAccording
	}
	switch {
	case a.speaker.Actor.Name == "":
		st.Confidence = sureUnnamed
	case a.speaker.Pronoun, !a.inverted && a.token-r.TokenAt(a.speaker.End) > adverbs:
		st.Confidence = sureDistant
	}
}

// statement makes a statement of some ranges and a speaker.
func (r *reader) statement(s int, parts []language.Range, speaker events.Actor) events.Statement {
	sentence := &r.Sentences[s]
	var st events.Statement
	st.Paragraph, st.Zone = sentence.Paragraph, r.Paragraphs[sentence.Paragraph].Zone
	st.Speaker = speaker
	for _, p := range parts {
		st.Parts = append(st.Parts, r.Span(p))
	}
	st.Span = st.Parts[0]
	return st
}

func (r *reader) keep(st events.Statement, paragraph int) {
	r.Findings.Statements = append(r.Findings.Statements, st)
	r.last, r.paragraph, r.announced = len(r.Findings.Statements)-1, paragraph, nil
}

// finish fills what is known only when all parts of a statement are: its quoted
// stretches, its kind and its id, which is unique within the article.
func (r *reader) finish() {
	list := r.Findings.Statements
	sort.SliceStable(list, func(i, j int) bool { return list[i].Span.Start < list[j].Span.Start })
	seen := map[string]int{}
	for i := range list {
		st := &list[i]
		r.quote(st)
		var content []string
		for _, p := range st.Parts {
			content = append(content, p.Text)
		}
		text := strings.Join(content, " ")
		key := st.Speaker.Name + "|" + text
		seen[key]++
		st.ID = events.ID("st", st.Speaker.Name, text, strconv.Itoa(seen[key]))
	}
}

// unquoted is how many bytes outside of its quotation marks a direct statement may have:
// the marks and a dash.
const unquoted = 6

// quote fills the quoted stretches of a statement, and its kind by how much they cover.
func (r *reader) quote(st *events.Statement) {
	total, inside := 0, 0
	for _, part := range st.Parts {
		p := r.Bytes(part)
		total += p.Len()
		for _, q := range r.quotationsIn(p) {
			x := language.Range{Start: max(q.Inside.Start, p.Start), End: min(q.Inside.End, p.End)}
			st.Quoted = append(st.Quoted, r.Span(x))
			inside += x.Len()
		}
	}
	switch {
	case inside == 0:
		st.Kind = events.Indirect
	case total-inside <= unquoted*len(st.Parts):
		st.Kind = events.Direct
	default:
		st.Kind = events.Mixed
	}
}
