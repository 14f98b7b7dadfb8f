// Package denial finds who says that something is not so, or that it will not be done. It
// reads sentences, mentions and statements and writes the findings of kind Denial.
//
// In
//
//	Keth's army denied the loss of the bridge, calling the report "invented".
//
// the denier is Keth's army, what is denied the loss of the bridge. "The guards denied
// him entry" denies nothing that was claimed, and "he could not deny it" denies nothing.
package denial

import (
	"sort"
	"strconv"
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

// Annotator writes the denials.
type Annotator struct{}

// The rules, and how sure each is.
const (
	ruleVerb      = "denial.verb"
	ruleNegation  = "denial.negation"
	ruleRefusal   = "denial.refusal"
	ruleLying     = "denial.lying"
	sureVerb      = 0.85
	sureStatement = 0.65
)

// verbs are the verbs of denying, with the type of denial their object makes.
var verbs = map[string]events.DenialType{
	"deny": events.DenialOfFact, "denies": events.DenialOfFact, "denied": events.DenialOfFact, "denying": events.DenialOfFact,
	"refute": events.DenialOfFact, "refuted": events.DenialOfFact, "rebutted": events.DenialOfFact, "disputes": events.DenialOfFact,
	"disputed": events.DenialOfFact, "repudiated": events.DenialOfFact,
	"dismiss": events.DenialOfFact, "dismisses": events.DenialOfFact, "dismissed": events.DenialOfFact,
	"reject": events.RejectionOfProposal, "rejects": events.RejectionOfProposal, "rejected": events.RejectionOfProposal,
	"rejecting": events.RejectionOfProposal,
	"refuse":    events.Refusal, "refuses": events.Refusal, "refused": events.Refusal,
}

// claims are objects that make a rejection a denial of fact.
var claims = language.Set("claim claims allegation allegations accusation accusations report reports rumour rumours rumor rumors suggestion suggestions charge charges notion")

// terms are objects that make a rejection one of conditions.
var terms = language.Set("condition conditions terms demand demands ultimatum preconditions")

// permits are objects that are kept from somebody, not said to be untrue.
var permits = language.Set("entry access permission visa visas bail asylum parole request requests permit permits boarding entrance treatment")

// notSo are words before a verb of denying that undo it or leave it open.
var notSo = language.Set("not n't never cannot can't couldn't didn't without preparing prepared expected may might could would if neither")

// Annotate fills Document.Findings.Denials, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	f := &finder{Document: d, seen: map[string]int{}, denied: map[int]bool{}}
	for s := range d.Sentences {
		if !d.Readable(s) {
			continue
		}
		f.verbs(s)
		if d.Cancelled() {
			return
		}
	}
	for i := range d.Findings.Statements {
		f.said(&d.Findings.Statements[i])
	}
	list := d.Findings.Denials
	sort.SliceStable(list, func(i, j int) bool { return list[i].Span.Start < list[j].Span.Start })
}

type finder struct {
	*language.Document
	seen map[string]int
	// denied are the sentences that hold a verb of denying.
	denied map[int]bool
}

// verbs finds "Keth denied ..." in the narrator's words.
func (f *finder) verbs(s int) {
	sentence := &f.Sentences[s]
	for i := sentence.First; i < sentence.Last; i++ {
		kind, ok := verbs[f.Tokens[i].Lower]
		if !ok || f.QuotationAt(f.Tokens[i].Start) != nil || f.undone(i, sentence.First) {
			continue
		}
		m := f.Subject(i, sentence, 12)
		end := f.clauseEnd(i+1, sentence.Last)
		if m == nil || end <= i+1 || f.permit(i+1, min(end, i+5)) {
			continue
		}
		object := language.Range{Start: f.Tokens[i+1].Start, End: f.Tokens[end-1].End}
		den := events.Denial{Denier: f.Actor(m), Denied: f.Words(object), Type: f.typeOf(kind, i+1, end), Strength: "categorical"}
		span := f.Span(object)
		den.DeniedSpan = &span
		f.keep(den, s, language.Range{Start: m.Start, End: object.End}, f.Tokens[i].Range, ruleVerb, sureVerb)
		f.denied[s] = true
		i = end - 1
	}
}

// undone says whether the words before a verb take its force.
func (f *finder) undone(i, first int) bool {
	for k := max(first, i-2); k < i; k++ {
		if notSo[f.Tokens[k].Lower] || strings.HasSuffix(f.Tokens[k].Lower, "n't") {
			return true
		}
	}
	return false
}

// clauseEnd gives the token at which a clause ends: at a comma, a stop, or a conjunction.
func (f *finder) clauseEnd(from, last int) int {
	for i := from; i < last; i++ {
		switch f.Tokens[i].Lower {
		case ",", ".", ";", ":", "?", "!", "while", "but", "after", "although", "because", "saying", "calling", "-", "–", "—":
			return i
		}
	}
	return last
}

func (f *finder) permit(from, to int) bool {
	for i := from; i < to; i++ {
		if permits[f.Tokens[i].Lower] {
			return true
		}
	}
	return false
}

// typeOf refines the type of a denial by its object.
func (f *finder) typeOf(kind events.DenialType, from, to int) events.DenialType {
	for i := from; i < to; i++ {
		switch w := f.Tokens[i].Lower; {
		case w == "responsibility" || w == "involvement":
			return events.DenialOfResponsibility
		case kind == events.RejectionOfProposal && claims[w]:
			return events.DenialOfFact
		case kind == events.RejectionOfProposal && terms[w]:
			return events.RejectionOfConditions
		}
	}
	return kind
}

// said finds denials in what somebody is quoted or reported to have said.
func (f *finder) said(st *events.Statement) {
	if st.Speaker.Mention == nil {
		return
	}
	for _, part := range st.Parts {
		r := f.Bytes(part)
		for s := f.SentenceAt(r.Start); s < len(f.Sentences) && f.Sentences[s].Start < r.End; s++ {
			f.clause(st, s, language.Range{Start: max(r.Start, f.Sentences[s].Start), End: min(r.End, f.Sentences[s].End)})
		}
	}
}

// minClause is how many tokens a denial without a verb of denying has at least: two quoted
// words of judgement belong to the denial before them.
const minClause = 5

// clause looks for one denial in one sentence of a statement, if none was found there in
// the narrator's words.
func (f *finder) clause(st *events.Statement, s int, r language.Range) {
	from, to := f.Bounds(r)
	if to-from < minClause || f.denied[s] {
		return
	}
	for i := from; i < to; i++ {
		kind, cue, rule := f.negation(i, to)
		if kind == "" {
			continue
		}
		den := events.Denial{Denier: st.Speaker, Denied: f.Words(r), Type: kind, Strength: "categorical"}
		den.Statement = st.ID
		f.keep(den, s, r, cue, rule, sureStatement)
		return
	}
}

// will are helping verbs whose negation with an act of yielding is a refusal.
var will = language.Set("will would can could cannot shall won't wouldn't can't")

// yields are acts that are refused.
var yields = language.Set("accept agree allow recognise recognize surrender negotiate concede withdraw cede yield permit tolerate discuss talk")

// untrue are judgements that make a statement a denial.
var untrue = language.Set("false untrue fabricated baseless unfounded fake nonsense fictitious invented groundless")

// negation says whether a denial begins at a token, of what type, and with which words.
func (f *finder) negation(i, to int) (events.DenialType, language.Range, string) {
	word := func(k int) string {
		if i+k < to && i+k < len(f.Tokens) {
			return f.Tokens[i+k].Lower
		}
		return ""
	}
	cue := func(n int) language.Range {
		return language.Range{Start: f.Tokens[i].Start, End: f.Tokens[min(i+n, to, len(f.Tokens))-1].End}
	}
	be := word(1) == "is" || word(1) == "are" || word(1) == "was" || word(1) == "were"
	switch w := word(0); {
	case w == "there" && be && word(2) == "no":
		return events.DenialOfFact, cue(3), ruleNegation
	case w == "not" && word(1) == "true" || untrue[w] && i > 0 && verbal[f.Tokens[i-1].Lower]:
		return events.DenialOfFact, cue(1), ruleNegation
	case w == "lying" || w == "lies" && be:
		return events.AccusationOfLying, cue(1), ruleLying
	case will[w] && (word(1) == "not" || word(1) == "never") && yields[word(2)],
		will[w] && (w == "cannot" || strings.HasSuffix(w, "n't")) && yields[word(1)]:
		return events.Refusal, cue(3), ruleRefusal
	}
	return "", language.Range{}, ""
}

// verbal are words before a judgement that make it one: "is false", "as baseless".
var verbal = language.Set("is are was were as it that completely totally entirely simply utterly absolutely")

func (f *finder) keep(den events.Denial, s int, span, cue language.Range, rule string, sure float64) {
	f.Place(&den.Finding, s, span, cue)
	den.Rule, den.Confidence = rule, sure
	key := den.Denier.Name + "|" + den.Span.Text
	f.seen[key]++
	den.ID = events.ID("de", den.Denier.Name, den.Span.Text, strconv.Itoa(f.seen[key]))
	f.Findings.Denials = append(f.Findings.Denials, den)
}
