package statement

import (
	"slices"

	"readout/internal/language"
	"readout/pkg/events"
)

// ruleNested makes a statement inside of another: what somebody reports another to have
// said.
const ruleNested = "statement.nested"

// sureNested is the most that is believed of one. It is a cap that was set, not measured: no
// corpus here marks inner statements.
const sureNested = 0.6

// longestChain is the most sources of one statement.
const longestChain = 4

// relay finds the statements inside of statements and gives every one the sources through
// whom it came. In
//
//	Keth Radio reported that Ada Reen had said the road was shut.
//
// there are two: what Keth Radio reported, and what Reen said, which came via Keth Radio.
func (r *reader) relay(all []telling) []telling {
	cues := map[int]bool{}
	for i := range all {
		for k := all[i].from; k < all[i].to; k++ {
			cues[k] = true
		}
	}
	var nested []telling
	for i := range all {
		nested = append(nested, r.nestedIn(&all[i], cues)...)
	}
	all = append(all, nested...)
	slices.SortStableFunc(all, func(a, b telling) int { return a.st.Span.Start - b.st.Span.Start })
	r.chain(all)
	for i := range all {
		r.passed(&all[i])
	}
	return all
}

// nestedIn gives the statements that the content of one reports: a verb of saying with a
// subject and a clause, or "quoted Reen as saying".
func (r *reader) nestedIn(t *telling, cues map[int]bool) (out []telling) {
	for _, p := range t.parts {
		for i := p.from; i < p.to; i++ {
			if cues[i] || !reporting[r.Tokens[i].Lemma] || r.Tokens[i].UPOS != language.VERB || r.quotedAt(i) {
				continue
			}
			if n, ok := r.nest(t, i, p); ok {
				out = append(out, n)
				cues[i] = true
			}
		}
	}
	return out
}

// nest makes the statement of a verb of saying inside of another.
func (r *reader) nest(t *telling, verb int, p stretch) (telling, bool) {
	said := r.Child(verb, language.RelCcomp)
	subject := r.Child(verb, language.RelNsubj)
	if subject < 0 {
		subject = r.quotedOne(verb)
	}
	if said < 0 || said < verb || subject < 0 || !p.holds(subject) || !p.holds(said) || r.hypothetical(verb) {
		return telling{}, false
	}
	speaker := r.actorAt(subject, r.Tokens[subject].UPOS == language.NOUN)
	if speaker == nil || speaker.Name == t.st.Speaker.Name || !r.passes(t) {
		return telling{}, false
	}
	first, last := r.Subtree(said)
	s := stretch{max(first, verb+1), min(last, p.to)}
	for s.from < s.to && (r.Tokens[s.from].Lower == "that" || r.Tokens[s.from].Kind == language.Mark && !r.opens(s.from)) {
		s.from++
	}
	if s.to-s.from < 2 {
		return telling{}, false
	}
	st := r.statement(r.SentenceOf(verb), []language.Range{r.tokens(s)}, *speaker)
	cue := r.Span(r.Tokens[verb].Range)
	st.Cue, st.Rule, st.Confidence = &cue, ruleNested, min(t.st.Confidence, sureNested)
	return r.telling(st), true
}

// quotedOne gives the one who is quoted "as saying", -1 for none.
func (r *reader) quotedOne(verb int) int {
	h := r.Tokens[verb].Head
	if h < 0 || !relaying[r.Tokens[h].Lemma] || verb == 0 || r.Tokens[verb-1].Lower != "as" {
		return -1
	}
	return r.Child(h, language.RelObj, language.RelNsubjPass)
}

// hypothetical says whether a verb of saying tells of no saying that took place: negated,
// behind "if" or "whether", or yet to come.
func (r *reader) hypothetical(verb int) bool {
	for c := range r.Children(verb) {
		x := &r.Tokens[c]
		if negations[x.Lower] || conditional[x.Lower] || x.Lower == "whether" {
			return true
		}
		if x.Rel.Base() == language.RelAux && (moods(x.Lower) != plain || x.Lower == "to") || x.Rel == language.RelMark && x.Lower == "to" {
			return true
		}
	}
	return false
}

// chain gives every statement whose cue stands in the content of another the speakers of
// that one, from the inside out.
func (r *reader) chain(all []telling) {
	for i := range all {
		t := &all[i]
		if t.to == t.from {
			continue
		}
		outer := -1
		for k := max(0, i-chainReach); k < min(len(all), i+chainReach); k++ {
			if o := &all[k]; k != i && r.passes(o) && o.holds(t.from) && o.holds(t.parts[0].from) && !t.holds(o.from) && size(o) > size(t) && (outer < 0 || size(o) < size(&all[outer])) {
				outer = k
			}
		}
		if outer >= 0 && all[outer].st.Speaker.Name != t.st.Speaker.Name {
			t.st.Via = append([]events.Actor{all[outer].st.Speaker}, all[outer].st.Via...)
		}
	}
	for i := range all {
		if v := all[i].st.Via; len(v) > longestChain {
			all[i].st.Via = v[:longestChain]
		}
	}
}

// passes says whether a statement passes on what others say: somebody says so, or quotes,
// or it is "according to" him. What somebody hopes or plans passes nothing on.
func (r *reader) passes(t *telling) bool {
	if t.st.Speaker.Name == "" && (t.st.Speaker.Mention == nil || t.st.Rule == ruleAttitude) {
		return false
	}
	if m := t.st.Speaker.Mention; t.st.Speaker.Name == "" && r.isPronoun(m) {
		return false
	}
	if t.st.Rule != ruleAttitude {
		return true
	}
	for i := t.from; i < t.to; i++ {
		if x := &r.Tokens[i]; relaying[x.Lemma] || x.Lower == "according" {
			return true
		}
	}
	return false
}

// isPronoun says whether the words for a speaker are a pronoun, which names no source.
func (r *reader) isPronoun(m *events.Span) bool {
	i := r.TokenAt(r.Bytes(*m).Start)
	return r.Tokens[i].UPOS == language.PRON
}

// chainReach is how many statements away in the text the one may be that reports another.
const chainReach = 8

func size(t *telling) (n int) {
	for _, p := range t.parts {
		n += p.to - p.from
	}
	return n
}

// passed adds the source that stands beside the cue of a statement: "was quoted as saying
// by Keth Radio", "was quoted by Keth Radio as saying", "said in a statement carried by".
func (r *reader) passed(t *telling) {
	if t.to == t.from || len(t.st.Via) > 0 {
		return
	}
	verb := r.relayedBy(t)
	if verb < 0 {
		return
	}
	by := r.agent(verb)
	if by < 0 {
		by = r.agent(t.from)
	}
	if by < 0 {
		return
	}
	if a := r.actorAt(by, false); a != nil && a.Name != "" && a.Name != t.st.Speaker.Name {
		t.st.Via = []events.Actor{*a}
	}
}

// relayedBy gives the passive verb of passing on that a cue hangs on or holds, -1 for
// none.
func (r *reader) relayedBy(t *telling) int {
	for i := max(0, t.from-relayReach); i < min(t.to+relayReach, len(r.Tokens)); i++ {
		if x := &r.Tokens[i]; carrying[x.Lemma] && x.XPOS == language.TagVBN && !r.quotedAt(i) && r.SentenceOf(i) == r.SentenceOf(t.from) {
			if relaying[x.Lemma] || x.Rel == language.RelAcl {
				return i
			}
		}
	}
	return -1
}

// relayReach is how many tokens from a cue the verb of passing on may stand.
const relayReach = 8

// agent gives the noun behind "by" that hangs on a verb, -1 for none.
func (r *reader) agent(verb int) int {
	for c := range r.Children(verb) {
		if rel := r.Tokens[c].Rel; rel == language.RelOblAgent || rel == language.RelObl {
			if k := r.Child(c, language.RelCase); k >= 0 && r.Tokens[k].Lower == "by" {
				return c
			}
		}
	}
	return -1
}
