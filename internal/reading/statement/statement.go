package statement

import (
	"sort"
	"strconv"
	"strings"

	"readout/internal/language"
	"readout/internal/reading/statement/relation"
	"readout/pkg/events"
)

// Annotator writes the statements. The zero value uses both layers, the rules and the
// trained one.
type Annotator struct {
	// Without leaves a layer out, to measure the other alone.
	Without Layer
}

// Layer is a way to find statements.
type Layer uint8

// The layers.
const (
	NoLayer Layer = iota
	RuleLayer
	TrainedLayer
)

// The rules that make statements, and how often what they make is right on news that the
// rules were not written for, by eye.
const (
	ruleSaid      = "statement.said"
	ruleAccording = "statement.according_to"
	ruleHeadline  = "statement.headline"
	ruleCarried   = "statement.carried_over"
	ruleSigned    = "statement.signed"
	ruleTurn      = "statement.turn"
	ruleLearnt    = "statement.learnt"
	// ruleAttitude marks what a cue that is no verb of speech reports: wants, plans, polls.
	ruleAttitude = "statement.attitude"

	sureSaid    = 0.8
	sureDistant = 0.6
	sureUnnamed = 0.5
	sureCarried = 0.65
	sureSigned  = 0.9
	sureTurn    = 0.8
	// sureAlone is that of what the trained layer did not find: on PolNeAR dev a third is right.
	sureAlone = 0.35
)

// Annotate fills Document.Findings.Statements, in the order of the text.
func (a Annotator) Annotate(d *language.Document) {
	r := &reader{Document: d, last: -1, rules: a.Without != RuleLayer}
	if a.Without != TrainedLayer {
		r.train()
	}
	var turns map[int]*turn
	if r.rules {
		turns = r.turns()
	}
	for s := range d.Sentences {
		if t := turns[d.Sentences[s].Paragraph]; t != nil {
			if s == 0 || d.Sentences[s-1].Paragraph != d.Sentences[s].Paragraph {
				r.take(s, t)
			}
		} else if d.Readable(s) {
			r.sentence(s)
		}
		if d.Cancelled() {
			return
		}
	}
	r.describe()
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
	// rules says whether the rules are used.
	rules bool
	// learned are the relations that the trained layer found, by their cues, and covered
	// the tokens of their contents.
	learned []relation.Relation
	covered []bool
	// surnames are the persons of the article, made when a turn first asks for one.
	surnames map[string]*language.Mention
}

func (r *reader) sentence(s int) {
	sentence := &r.Sentences[s]
	if r.rules && r.headline(s) {
		return
	}
	learned := r.learnedIn(sentence)
	var found []said
	if r.rules {
		found = r.attributions(sentence)
	}
	var list []draft
	for i := range learned {
		d := r.learnt(s, &learned[i])
		r.name(&d.st, &learned[i], found)
		list = append(list, d)
	}
	for i, a := range found {
		from, limit := sentence.First, sentence.Last
		if i > 0 {
			from = found[i-1].behind
		}
		if i+1 < len(found) {
			limit = r.reach(found[i+1], a.behind)
		}
		if d, ok := r.state(s, a, from, limit); ok && !rivals(&d, learned, r) && r.stands(&d.st) {
			list = append(list, d)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].cue < list[j].cue })
	for i := range list {
		r.keep(list[i].st, sentence.Paragraph)
	}
	if r.rules && len(found) == 0 && len(learned) == 0 && !r.told(sentence) {
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

// draft is a statement that is not yet kept, with the token of its cue.
type draft struct {
	st  events.Statement
	cue int
}

// state makes the statement of one attribution, looking for its content between two
// tokens.
func (r *reader) state(s int, a said, from, limit int) (draft, bool) {
	sentence := &r.Sentences[s]
	parts := r.content(sentence, a, from, limit)
	if len(parts) == 0 {
		if r.Tokens[sentence.Last-1].Lower == ":" {
			r.announced, r.paragraph = &a, sentence.Paragraph
		}
		return draft{}, false
	}
	st := r.statement(s, parts, r.Actor(a.speaker))
	r.attribute(&st, a)
	return draft{st, a.token}, true
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

// stands says whether what only the rules found is kept where the trained layer found
// other statements: it needs a named speaker or a quotation, and is less sure.
func (r *reader) stands(st *events.Statement) bool {
	if len(r.learned) == 0 {
		return true
	}
	st.Confidence = min(st.Confidence, sureAlone)
	return st.Speaker.Name != "" || r.quotes(st)
}

// quotes says whether a part of a statement stands in quotation marks.
func (r *reader) quotes(st *events.Statement) bool {
	for _, p := range st.Parts {
		if len(r.quotationsIn(r.Bytes(p))) > 0 {
			return true
		}
	}
	return false
}
