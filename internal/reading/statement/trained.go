package statement

import (
	_ "embed"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"readout/internal/language"
	"readout/internal/language/chain"
	"readout/internal/reading/statement/relation"
	"readout/pkg/events"
)

//go:embed relation.model
var modelFile []byte

// models are made ready when they are first needed.
var models = sync.OnceValue(func() *relation.Models {
	m, err := relation.Read(modelFile)
	if err != nil {
		panic(err) // the file is a part of the program
	}
	return m
})

var finders = sync.Pool{New: func() any { return relation.NewFinder(models()) }}

// train finds the relations of all paragraphs that belong to the article.
func (r *reader) train() {
	if len(r.States) == 0 {
		return // nothing parsed the text: the rules are alone
	}
	f := finders.Get().(*relation.Finder)
	defer finders.Put(f)
	windows := slices.DeleteFunc(relation.Windows(r.Document), func(w relation.Stretch) bool { return !r.Readable(r.SentenceOf(w.From)) })
	for block := range slices.Chunk(windows, relation.Together) {
		f.Prepare(r.Document, block)
		for _, w := range block {
			r.learned = append(r.learned, f.Find(r.Document, w)...)
		}
		if r.Cancelled() {
			return
		}
	}
	r.States = nil // a quarter of a kilobyte a token, which nobody reads again
	if len(r.learned) == 0 {
		return
	}
	r.learned = slices.DeleteFunc(r.learned, func(x relation.Relation) bool {
		return r.unsaid(x) || r.doubtful(&x) || r.letter(x.Speaker) || r.moment(x.Content)
	})
	for i := 1; i < len(r.learned); i++ {
		r.cut(&r.learned[i-1], &r.learned[i])
	}
	for i := range r.learned {
		r.join(&r.learned[i])
	}
	r.covered = make([]bool, len(r.Tokens))
	for i := range r.learned {
		r.cover(r.learned[i].Content)
	}
	for i := range r.Quotations {
		r.adopt(&r.Quotations[i])
	}
}

// unsaid says whether a relation tells of words that were not spoken or only heard: "did
// not say whether", "was told that".
func (r *reader) unsaid(x relation.Relation) bool {
	s := &r.Sentences[r.SentenceOf(x.Cue.From)]
	for i := x.Cue.From; i < x.Cue.To; i++ {
		if silent[r.Tokens[i].Lower] {
			return x.Speaker.From < i && r.forceless(i, s)
		}
	}
	return false
}

// leastAttitude is the score from which on a relation without a verb of speech is kept.
const leastAttitude = -50

// doubtful says whether a relation is rather wrong than right and has no verb of
// speech: "Varland accepted the truce" is told, not quoted.
func (r *reader) doubtful(x *relation.Relation) bool {
	if x.Score >= leastAttitude {
		return false
	}
	_, known := r.cueIn(x.Cue)
	return !known
}

// letter says whether a speaker is a single letter, as in the questions and answers of an
// interview: "Q: Is the road closed?"
func (r *reader) letter(s relation.Stretch) bool {
	t := &r.Tokens[s.From]
	return s.Len() == 1 && t.End-t.Start == 1 && t.UPOS != language.PRON
}

// moment says whether a content is nothing but a time: "On Friday, the army said."
func (r *reader) moment(content []relation.Stretch) bool {
	for _, c := range content {
		for i := c.From; i < c.To; i++ {
			t := &r.Tokens[i]
			n := r.NameAt(i)
			if t.Kind != language.Mark && t.UPOS != language.ADP && (n == nil || n.Type != language.TimeName) {
				return false
			}
		}
	}
	return true
}

// join ends the content of a relation where its verb has a second one beside it that
// reports too, of the same subject: "Reen said the road was closed and called for a truce".
func (r *reader) join(x *relation.Relation) {
	end := &x.Content[len(x.Content)-1]
	for i := max(end.From, x.Cue.To); i < end.To; i++ {
		t := &r.Tokens[i]
		if t.Rel != language.RelConj || t.Head < x.Cue.From || t.Head >= x.Cue.To || r.quotedAt(i) {
			continue
		}
		if _, known := r.cueAt(i, end.To); !known {
			continue
		}
		to := i
		for to > end.From && introducing[r.Tokens[to-1].Lower] {
			to--
		}
		if to > end.From {
			end.To = to
		}
		return
	}
}

// cut ends the content of a relation before the cue of the next if both have one speaker,
// who stands before both: "Reen said the road was closed and called for a truce".
func (r *reader) cut(x, next *relation.Relation) {
	end := &x.Content[len(x.Content)-1]
	if next.Cue.From <= end.From || next.Cue.From >= end.To || next.Speaker.Len() == 0 || next.Speaker.To > x.Cue.From {
		return
	}
	to := next.Cue.From
	for to > end.From && introducing[r.Tokens[to-1].Lower] {
		to--
	}
	if to > end.From && !r.quotedAt(to) {
		end.To = to
	}
}

func (r *reader) cover(parts []relation.Stretch) {
	for _, c := range parts {
		for k := c.From; k < c.To; k++ {
			r.covered[k] = true
		}
	}
}

// adopt gives a quotation that no relation holds as a whole to the one whose content ends
// before it in the same sentence, or in the quotation itself, with no other cue in between:
// "praised the talks in Tal as "good and open"".
func (r *reader) adopt(q *language.Quotation) {
	first, last := r.Bounds(q.Outside)
	if first >= last || r.covered[last-1] && r.covered[first] || last-first > longestAdopted {
		return
	}
	sentence := &r.Sentences[r.SentenceOf(first)]
	at := sort.Search(len(r.learned), func(i int) bool { return r.learned[i].Cue.From >= first })
	if at == 0 || last > sentence.Last || at < len(r.learned) && r.learned[at].Cue.From < last {
		return
	}
	x := &r.learned[at-1]
	end := &x.Content[len(x.Content)-1]
	if x.Cue.From < sentence.First || end.From < x.Cue.To || end.From >= last || x.Speaker.From >= end.From && x.Speaker.To <= last {
		return
	}
	for i := end.To; i < first; i++ {
		if r.Tokens[i].Lower == ";" || r.Tokens[i].Lower == "," && r.Tokens[i].End != r.Tokens[first].Start-1 {
			return
		}
	}
	end.To = max(end.To, last)
	r.cover(x.Content)
}

// longestAdopted is the most tokens of a quotation that is taken in this way.
const longestAdopted = 60

// learnedIn gives the relations whose cue stands in a sentence.
func (r *reader) learnedIn(s *language.Sentence) []relation.Relation {
	from := sort.Search(len(r.learned), func(i int) bool { return r.learned[i].Cue.From >= s.First })
	to := from
	for to < len(r.learned) && r.learned[to].Cue.From < s.Last {
		to++
	}
	return r.learned[from:to]
}

// told says whether a sentence is a part of what a relation of another one holds.
func (r *reader) told(s *language.Sentence) bool {
	if r.covered == nil {
		return false
	}
	n := 0
	for i := s.First; i < s.Last; i++ {
		if r.covered[i] {
			n++
		}
	}
	return 2*n > s.Last-s.First
}

// rivals says whether what the rules found in a sentence was found by the trained layer
// too, which knows better where it begins and ends.
func rivals(d *draft, learned []relation.Relation, r *reader) bool {
	for i := range learned {
		if learned[i].Cue.From <= d.cue && d.cue < learned[i].Cue.To {
			return true
		}
	}
	if r.covered == nil {
		return false
	}
	all, both := 0, 0
	for _, p := range d.st.Parts {
		first, last := r.Bounds(r.Bytes(p))
		for i := first; i < last; i++ {
			all++
			if r.covered[i] {
				both++
			}
		}
	}
	return 2*both > all
}

// learnt makes the statement of a relation.
func (r *reader) learnt(s int, x *relation.Relation) draft {
	speaker := r.speaker(x.Speaker)
	var actor events.Actor
	if speaker != nil {
		actor = r.Actor(speaker)
	}
	st := r.statement(s, r.parts(x), actor)
	cue := r.Span(r.bytes(x.Cue))
	st.Cue, st.Confidence = &cue, probability(x.Score)
	c, known := r.cueIn(x.Cue)
	st.Act, st.Rule = c.act, ruleLearnt
	if !known {
		st.Act, st.Rule = events.ActClaim, ruleAttitude
	}
	return draft{st, x.Cue.From}
}

// name gives a statement whose speaker the trained layer did not find, or found in words
// that name nobody, the speaker whom the rules see for the same cue.
func (r *reader) name(st *events.Statement, x *relation.Relation, found []said) {
	if st.Speaker.Name != "" {
		return
	}
	for i := range found {
		a := &found[i]
		if a.token < x.Cue.From || a.token >= x.Cue.To {
			continue
		}
		if x.Speaker.Len() == 0 || a.speaker.Actor.Name != "" && r.bytes(x.Speaker).Overlaps(a.speaker.Range) {
			st.Speaker = r.Actor(a.speaker)
		}
	}
}

// probability turns a score into how often a relation with such a score is right, in steps
// of a hundredth.
func probability(score int32) float64 {
	return math.Round(100/(1+math.Exp(-float64(score)/chain.Unit))) / 100
}

func (r *reader) bytes(s relation.Stretch) language.Range {
	return language.Range{Start: r.Tokens[s.From].Start, End: r.Tokens[s.To-1].End}
}

// parts gives the content of a relation as ranges, with the marks around quotations and
// without other marks at the ends.
func (r *reader) parts(x *relation.Relation) (out []language.Range) {
	for _, c := range x.Content {
		from, to := c.From, c.To
		for from < to-1 && marks(r.Tokens[from].Lower) && !r.opens(from) {
			from++
		}
		for to-1 > from && marks(r.Tokens[to-1].Lower) && !r.quotedAt(to-1) && !r.quotedAt(to-2) {
			to--
		}
		p := r.whole(r.bytes(relation.Stretch{From: from, To: to}))
		if n := len(out); n > 0 && p.Start < out[n-1].End {
			p.Start = out[n-1].End
		} else if n > 0 && strings.TrimSpace(r.Text[out[n-1].End:p.Start]) == "" {
			out[n-1].End = p.End
			continue
		}
		if p.Start < p.End {
			out = append(out, p)
		}
	}
	return out
}

// speaker gives the mention of a stretch, with all its words: the first in it that may do
// something, else any.
func (r *reader) speaker(s relation.Stretch) *language.Mention {
	if s.Len() == 0 {
		return nil
	}
	where := r.bytes(s)
	k := sort.Search(len(r.Mentions), func(k int) bool { return r.Mentions[k].End > where.Start })
	var best *language.Mention
	for ; k < len(r.Mentions) && r.Mentions[k].Start < where.End; k++ {
		if m := &r.Mentions[k]; best == nil || m.Acts() && !best.Acts() {
			best = m
		}
	}
	if best == nil {
		return &language.Mention{Range: where}
	}
	m := *best
	m.Range = where
	return &m
}

// cueIn gives what is known of the words of a cue: the longest entry in it.
func (r *reader) cueIn(s relation.Stretch) (best cue, ok bool) {
	for i := s.From; i < s.To; i++ {
		if c, known := r.cueAt(i, s.To); known && c.words > best.words {
			best, ok = c, true
		}
	}
	return best, ok
}
