package statement

import (
	"sort"
	"strings"

	"readout/internal/language"
)

// said is an attribution: a cue with its speaker.
type said struct {
	cue       cue
	token     int // of the cue
	behind    int // the token behind the cue
	speaker   *language.Mention
	inverted  bool // the speaker stands behind the cue
	according bool
}

// attributions finds the cues of a sentence that have a speaker, outside of quotations.
// One inside what another reports is left out: "He said the army had claimed a victory"
// is his statement alone.
func (r *reader) attributions(s *language.Sentence) []said {
	var out []said
	for i := s.First; i < s.Last; i++ {
		t := &r.Tokens[i]
		if t.Kind != language.Word || r.quotedAt(i) {
			continue
		}
		a, ok := r.according(i, s)
		if !ok {
			a, ok = r.verb(i, s)
		}
		if !ok || len(out) > 0 && r.nested(out[len(out)-1], a) {
			continue
		}
		out = append(out, a)
		i = a.behind - 1
	}
	return out
}

// according reads "according to" with whose word it is.
func (r *reader) according(i int, s *language.Sentence) (said, bool) {
	if r.Tokens[i].Lower != "according" || i+2 >= s.Last || r.Tokens[i+1].Lower != "to" {
		return said{}, false
	}
	a := said{cue: cues["said"], token: i, behind: i + 2, inverted: true, according: true, speaker: r.MentionIn(i+2, min(s.Last, i+6))}
	if a.speaker == nil {
		a.speaker = r.unnamed(i+2, r.phraseEnd(i+2, s.Last))
	}
	return a, a.speaker != nil
}

// verb reads a cue with its subject, which stands before it or, behind a quotation or a
// comma, right after it.
func (r *reader) verb(i int, s *language.Sentence) (said, bool) {
	c, ok := r.cueAt(i, s.Last)
	if !ok || r.Tokens[i].Capital && i > s.First || r.forceless(i, s) {
		return said{}, false
	}
	a := said{cue: c, token: i, behind: i + c.words}
	if a.speaker = r.subject(i, s, c.frame == noun); a.speaker != nil {
		return a, true
	}
	if !r.behindContent(i, s) || c.frame == noun {
		return a, false
	}
	a.inverted = true
	if a.speaker = r.mentionFrom(a.behind, min(s.Last, a.behind+3)); a.speaker == nil {
		a.speaker = r.unnamed(a.behind, r.phraseEnd(a.behind, s.Last))
	}
	return a, a.speaker != nil
}

// forceless says whether the word before a cue takes its force: "was told", "did not
// say", "declined to say".
func (r *reader) forceless(i int, s *language.Sentence) bool {
	for i--; i >= s.First; i-- {
		w := r.Tokens[i].Lower
		if strings.HasSuffix(w, "ly") || w == "also" {
			continue
		}
		be := w == "is" || w == "are" || w == "was" || w == "were"
		if be && strings.HasSuffix(r.Tokens[i+1].Lower, "ing") {
			return false // "is saying"
		}
		return helping[w]
	}
	return false
}

// nested says whether an attribution stands inside the content of the one before: its
// subject follows that cue with nothing in between that parts them.
func (r *reader) nested(before, a said) bool {
	if a.inverted || before.according || a.speaker.Start < r.Tokens[before.token].Start {
		return false
	}
	speaker := r.TokenAt(a.speaker.Start)
	for i := speaker - 1; i > max(before.token, speaker-nestedReach); i-- {
		if r.quotedAt(i) || parting[r.Tokens[i].Lower] || marks(r.Tokens[i].Lower) {
			return false
		}
	}
	return true
}

// behindContent says whether the words before a cue may be what was said: an inverted
// "said Ada Reen" stands behind a comma or a quotation.
func (r *reader) behindContent(i int, s *language.Sentence) bool {
	return i > s.First && strings.Contains(",\"”?!", r.Tokens[i-1].Lower)
}

const (
	// subjectReach is how many tokens may lie between a subject and its verb.
	subjectReach = 14
	// adverbs is how many words may stand between a subject and its cue for the
	// attribution to be a sure one.
	adverbs = 2
	// nestedReach is how far back something may part two attributions.
	nestedReach = 40
	// phraseWords is the most words of a speaker who is not named.
	phraseWords = 8
)

// subject gives the mention before a cue that does the speaking: the nearest that owns
// nothing and stands outside of quotations, with no other verb of speech in between.
func (r *reader) subject(cueToken int, s *language.Sentence, close bool) *language.Mention {
	limit := max(s.First, cueToken-subjectReach)
	if r.participle(cueToken) {
		limit = max(s.First, cueToken-2*subjectReach) // "Reen went on at the market in Tal, writing"
	}
	k := sort.Search(len(r.Mentions), func(k int) bool { return r.Mentions[k].Start >= r.Tokens[cueToken].Start })
	for k--; k >= 0 && r.Mentions[k].Start >= r.Tokens[limit].Start; k-- {
		m := &r.Mentions[k]
		if !m.Acts() || r.QuotationAt(m.Start) != nil {
			continue
		}
		switch r.between(m.End, cueToken) {
		case blocked:
			return nil
		case near:
			if close && !r.onlyLight(r.TokenAt(m.End), cueToken) {
				return nil
			}
			return m
		}
	}
	if close {
		return nil
	}
	return r.unnamed(r.phraseStart(cueToken, s.First), cueToken)
}

// onlyLight says whether some tokens are adverbs and helping verbs: "Keth has since
// claimed" reports, "Keth won five states" does not.
func (r *reader) onlyLight(from, to int) bool {
	for i := from; i < to; i++ {
		if w := r.Tokens[i].Lower; !light[w] && !strings.HasSuffix(w, "ly") {
			return false
		}
	}
	return true
}

// phraseStart gives where the noun phrase before a cue begins, the cue for none: it fills
// the sentence from its start, or from the comma, conjunction or quotation before.
func (r *reader) phraseStart(cueToken, first int) int {
	i := cueToken
	for i > first && cueToken-i <= phraseWords && r.Tokens[i-1].Kind != language.Mark && !parting[r.Tokens[i-1].Lower] && !r.quotedAt(i-1) {
		i--
	}
	if cueToken-i > phraseWords || i < cueToken && adverbial[r.Tokens[i].Lower] {
		return cueToken
	}
	return i
}

// phraseEnd gives where the noun phrase that begins at a token ends.
func (r *reader) phraseEnd(i, last int) int {
	end := i
	for end < last && end-i < phraseWords && r.Tokens[end].Kind != language.Mark && r.Tokens[end].Lower != "who" {
		end++
	}
	return end
}

// unnamed makes a speaker who has no name of some tokens, nil of none.
func (r *reader) unnamed(from, to int) *language.Mention {
	if from >= to {
		return nil
	}
	return &language.Mention{Range: language.Range{Start: r.Tokens[from].Start, End: r.Tokens[to-1].End}}
}

type distance int

const (
	near distance = iota
	apart
	blocked
)

// between says whether a mention can be the subject of a cue, by what lies between.
func (r *reader) between(end, cueToken int) distance {
	commas, first := 0, r.TokenAt(end)
	for i := first; i < cueToken; i++ {
		t := &r.Tokens[i]
		if t.Lower == `"` || t.Lower == "”" || t.Lower == ";" {
			return blocked
		}
		if _, ok := r.cueAt(i, cueToken); ok && t.Kind == language.Word && !t.Capital && !r.quotedAt(i) && !r.conjoined(i, cueToken) {
			return blocked
		}
		if t.Lower == "," {
			commas++
		}
	}
	relative := commas == 1 && first+1 < cueToken && r.Tokens[first].Lower == "," && r.Tokens[first+1].Lower == "who"
	if commas == 1 && !relative && !r.participle(cueToken) {
		// One comma parts clauses; two enclose an aside: "Lammy, who was there, said".
		return apart
	}
	return near
}

// participle says whether a cue is one behind a comma: "Reen left, saying".
func (r *reader) participle(cueToken int) bool {
	return cueToken > 0 && r.Tokens[cueToken-1].Lower == "," && strings.HasSuffix(r.Tokens[cueToken].Lower, "ing")
}

// conjoined says whether two cues share a subject: "said it would wait and stressed", or
// "said ..., adding".
func (r *reader) conjoined(i, cueToken int) bool {
	for ; i < cueToken; i++ {
		if r.Tokens[i].Lower == "and" {
			return true
		}
	}
	return r.participle(cueToken)
}

// mentionFrom gives the first mention that begins between two tokens, outside of quotations,
// and owns nothing.
func (r *reader) mentionFrom(from, to int) *language.Mention {
	if m := r.MentionIn(from, to); m != nil && !m.Possessive && r.QuotationAt(m.Start) == nil {
		return m
	}
	return nil
}
