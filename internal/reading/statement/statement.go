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
	ruleCarried   = "statement.carried_over"
	sureSaid      = 0.8
	sureDistant   = 0.6
	sureCarried   = 0.65
)

// Annotate fills Document.Findings.Statements, in the order of the text.
func (Annotator) Annotate(d *language.Document) {
	r := &reader{Document: d, seen: map[string]int{}}
	for s := range d.Sentences {
		if d.Readable(s) {
			r.sentence(s)
		}
		if d.Cancelled() {
			return
		}
	}
	sort.SliceStable(d.Findings.Statements, func(i, j int) bool {
		return d.Findings.Statements[i].Span.Start < d.Findings.Statements[j].Span.Start
	})
}

// reader remembers the speaker for quotations that name none.
type reader struct {
	*language.Document
	last      *speaker // of the statement before
	paragraph int      // the paragraph of that statement
	seen      map[string]int
}

// speaker is who said something, and the words that stand for him there.
type speaker struct{ mention *language.Mention }

// said is an attribution: a cue with its speaker.
type said struct {
	cue       cue
	token     int // of the cue
	speaker   *language.Mention
	inverted  bool // the speaker stands behind the cue
	according bool
}

func (r *reader) sentence(s int) {
	sentence := &r.Sentences[s]
	attributions := r.attributions(sentence)
	for i, a := range attributions {
		limit := sentence.Last
		if i+1 < len(attributions) {
			limit = r.reach(attributions[i+1])
		}
		from := sentence.First
		if i > 0 {
			from = attributions[i-1].token + 1
		}
		r.state(s, a, from, limit)
	}
	if len(attributions) == 0 {
		r.carry(s)
	}
}

// reach gives the token at which an attribution begins to speak for itself: its speaker,
// or what introduces the speaker.
func (r *reader) reach(a said) int {
	at := a.token
	if !a.inverted && a.speaker != nil {
		at = min(at, r.TokenAt(a.speaker.Start))
	}
	for at > 0 && (r.Tokens[at-1].Lower == "and" || r.Tokens[at-1].Lower == "while" || r.Tokens[at-1].Lower == "but" || r.Tokens[at-1].Lower == ",") {
		at--
	}
	return at
}

// attributions finds the cues of a sentence that have a speaker, outside of quotations.
func (r *reader) attributions(s *language.Sentence) []said {
	var out []said
	for i := s.First; i < s.Last; i++ {
		t := &r.Tokens[i]
		if t.Kind != language.Word || r.QuotationAt(t.Start) != nil {
			continue
		}
		if t.Lower == "according" && i+1 < s.Last && r.Tokens[i+1].Lower == "to" {
			if m := r.mentionFrom(i+2, s.Last); m != nil {
				out = append(out, said{cue: cues["said"], token: i, speaker: m, inverted: true, according: true})
			}
			continue
		}
		c, ok := cues[t.Lower]
		if !ok || t.Capital && i > s.First {
			continue
		}
		a := said{cue: c, token: i}
		if a.speaker = r.subject(i, s); a.speaker == nil {
			a.speaker, a.inverted = r.mentionFrom(i+1, min(s.Last, i+4)), true
			if a.speaker == nil || !r.behindContent(i, s) {
				continue
			}
		}
		out = append(out, a)
	}
	return out
}

// behindContent says whether the words before a cue may be what was said: an inverted
// "said Ada Reen" stands behind a comma or a quotation.
func (r *reader) behindContent(i int, s *language.Sentence) bool {
	if i == s.First {
		return false
	}
	before := r.Tokens[i-1].Lower
	return before == "," || before == `"` || before == "”" || before == "?" || before == "!"
}

// subjectReach is how many tokens may lie between a subject and its verb.
const subjectReach = 14

// subject gives the mention before a cue that does the speaking: the nearest that owns
// nothing and stands outside of quotations, with no other verb of speech in between.
func (r *reader) subject(cueToken int, s *language.Sentence) *language.Mention {
	limit := max(s.First, cueToken-subjectReach)
	k := sort.Search(len(r.Mentions), func(k int) bool { return r.Mentions[k].Start >= r.Tokens[cueToken].Start })
	var best *language.Mention
	for k--; k >= 0 && r.Mentions[k].Start >= r.Tokens[limit].Start; k-- {
		m := &r.Mentions[k]
		if m.Possessive || r.QuotationAt(m.Start) != nil || r.governed(m) {
			continue
		}
		if between := r.between(m.End, cueToken); between == blocked {
			break
		} else if between == apart {
			continue
		}
		best = m
		break
	}
	return best
}

// governed says whether a preposition stands before a mention: what follows one is no
// subject.
func (r *reader) governed(m *language.Mention) bool {
	i := r.TokenAt(m.Start)
	return i > 0 && r.Tokens[i-1].End <= m.Start && r.Tokens[i-1].End+2 >= m.Start && prepositions[r.Tokens[i-1].Lower]
}

var prepositions = language.Set("of in on at by with for from to against about over after before between into near under during than as including like")

type distance int

const (
	near distance = iota
	apart
	blocked
)

// between says whether a mention can be the subject of a cue, by what lies between.
func (r *reader) between(end, cueToken int) distance {
	commas := 0
	for i := r.TokenAt(end); i < cueToken; i++ {
		t := &r.Tokens[i]
		if t.Lower == `"` || t.Lower == "”" || t.Lower == ";" {
			return blocked
		}
		if _, ok := cues[t.Lower]; ok && t.Kind == language.Word && !t.Capital && r.QuotationAt(t.Start) == nil && !conjoined(r, i, cueToken) {
			return blocked
		}
		if t.Lower == "," {
			commas++
		}
	}
	if commas == 1 {
		// One comma parts clauses; two enclose an aside: "Lammy, who was there, said".
		return apart
	}
	return near
}

// conjoined says whether two cues share a subject: "said it would wait and stressed".
func conjoined(r *reader, i, cueToken int) bool {
	for ; i < cueToken; i++ {
		if r.Tokens[i].Lower == "and" {
			return true
		}
	}
	return false
}

// mentionFrom gives the first mention that begins between two tokens.
func (r *reader) mentionFrom(from, to int) *language.Mention {
	if from >= to {
		return nil
	}
	start, end := r.Tokens[from].Start, r.Tokens[to-1].End
	k := sort.Search(len(r.Mentions), func(k int) bool { return r.Mentions[k].Start >= start })
	if k < len(r.Mentions) && r.Mentions[k].Start < end && !r.Mentions[k].Possessive {
		return &r.Mentions[k]
	}
	return nil
}

// id makes the id of a statement, which is unique within the article.
func (r *reader) id(s *events.Statement) string {
	var content []string
	for _, p := range s.Parts {
		content = append(content, p.Text)
	}
	text := strings.Join(content, " ")
	key := s.Speaker.Name + "|" + text
	r.seen[key]++
	return events.ID("st", s.Speaker.Name, text, strconv.Itoa(r.seen[key]))
}
