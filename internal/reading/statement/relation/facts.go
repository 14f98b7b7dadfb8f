package relation

import (
	"math"

	"readout/internal/language/chain"
)

// Facts are what is known of a possible relation, by which it is kept or dropped.
type Facts [factCount]int32

// The facts. Logarithms are in units of chain.Unit.
const (
	factCue       = iota // logarithm of the probability of the cue
	factBegin            // and of its first token alone
	factNone             // that it has neither content nor speaker
	factCueLength        // in tokens
	factUPOS             // of the main word of the cue
	factRel
	factContent // tokens of content
	factParts
	factBeforeCue  // tokens of content before the cue
	factContentLog // the mean of the probabilities of its tokens, in thousandths
	factSpeakerLog // logarithm of the probability that the speaker ends where it does
	factSpeakerLength
	factSpeakerKind
	factSpeakerGap
	factContentGap
	factCompleted
	factQuoted  // tokens of content in quotation marks, in per cent
	factInQuote // whether the cue stands in a quotation
	factNear
	factKids
	factShared
	factVerbs    // in the content
	factInside   // the cue stands in the content of another
	factHolds    // the content holds other likely cues
	factRival    // the best cue that overlaps it
	factDensity  // likely cues of the paragraph
	factEnd      // class of the token behind the content
	factStart    // of the token before it
	factSentence // length of the sentence
	factEdge     // logarithm of the probability that the content begins where it does
	factTail     // and ends where it does
	factBeyond   // that it goes on behind its end
	factOutside  // tokens that are probably content and left out, in thousandths
	factSame     // the best cue of another relation with mostly the same content
	factCount
)

// fill notes what is known of a cue before its parts are marked.
func (x *Facts) fill(f *Finder, c *candidate, low int) {
	v, h := f.view, &f.view.tokens[f.lens.head]
	x[factCue], x[factBegin], x[factNone] = c.log, c.begin, max(f.roles.LogNone(), -4000)
	x[factCueLength] = int32(c.to - c.from)
	x[factUPOS], x[factRel] = int32(h.upos), int32(h.rel)
	x[factInQuote], x[factNear] = int32(min(h.quote, 1)), int32(h.near)
	x[factKids], x[factShared] = int32(h.kids&frame), int32(h.shared)
	if h.subject < 0 {
		x[factShared] = 9
	}
	n := 0
	for i := f.lens.head; i >= 0 && v.tokens[i].sentence == h.sentence && n < 100; i-- {
		n++
	}
	for i := f.lens.head; i < len(v.tokens) && v.tokens[i].sentence == h.sentence && n < 200; i++ {
		n++
	}
	x[factSentence] = int32(n)
	x[factDensity] = int32(len(f.list))
}

// relation notes what is known of a relation whose parts are marked. The logarithms are
// still those of the sums.
func (x *Facts) relation(f *Finder, r *Relation, low int) {
	v := f.view
	x[factParts] = int32(len(r.Content))
	var quoted, total, verbs, before int
	gapTo := 1000
	odds := f.odds
	var in, all int32
	for i := range odds {
		all += expected(odds[i].content)
	}
	for _, c := range r.Content {
		gapTo = min(gapTo, gap(c, r.Cue))
		for i := c.From - v.from; i < c.To-v.from; i++ {
			t := &v.tokens[i]
			total++
			in += expected(odds[i-low].content)
			quoted += int(min(t.quote, 1))
			if t.class == verb {
				verbs++
			}
			if i+v.from < r.Cue.From {
				before++
			}
		}
	}
	x[factContent], x[factQuoted], x[factVerbs] = int32(total), int32(100*quoted/max(total, 1)), int32(verbs)
	x[factBeforeCue], x[factContentGap] = int32(before), int32(gapTo)
	last := r.Content[len(r.Content)-1]
	x[factEdge] = odds[r.Content[0].From-v.from-low].begin
	x[factTail] = odds[last.To-1-v.from-low].content
	if at := last.To - v.from - low; at < len(odds) {
		x[factBeyond] = odds[at].content
	}
	x[factContentLog] = in / int32(max(total, 1))
	x[factOutside] = all - in
	x[factEnd] = int32(v.at(last.To - v.from).class)
	x[factStart] = int32(v.at(r.Content[0].From - v.from - 1).class)
	x[factSpeakerLength] = int32(r.Speaker.Len())
	x[factSpeakerGap] = -1
	if r.Speaker.Len() > 0 {
		if at := r.Speaker.To - 1 - v.from - low; at >= 0 && at < len(odds) {
			x[factSpeakerLog] = odds[at].speaker
		}
		x[factSpeakerGap] = int32(gap(r.Speaker, r.Cue))
		x[factSpeakerKind] = int32(v.kind(int32(r.Speaker.To-1-v.from)) % 1000)
	}
}

// expected turns the logarithm of a probability into thousandths.
func expected(log int32) int32 { return thousandths[min(max(-log, 0)/16, int32(len(thousandths)-1))] }

// thousandths are the probabilities by their logarithms, sixteen units a step. They are
// rounded coarsely, so that the machine's own exponential does not show.
var thousandths = func() (t [128]int32) {
	for i := range t {
		t[i] = int32(math.Round(1000 * math.Exp(-float64(i)*16/chain.Unit)))
	}
	return t
}()

// compare notes how the relations of a paragraph lie to each other.
func (f *Finder) compare() {
	for i := range f.offered {
		r := &f.offered[i]
		x := &r.Facts
		x[factInside], x[factHolds], x[factRival], x[factSame] = -5000, -5000, -5000, -5000
		for j := max(0, i-20); j < min(len(f.offered), i+20); j++ {
			o := &f.offered[j]
			if i == j {
				continue
			}
			log := o.Facts[factCue]
			switch {
			case o.Cue.Overlaps(r.Cue):
				x[factRival] = max(x[factRival], log)
			case shared(r.Content, o.Content):
				x[factSame] = max(x[factSame], log)
			case o.holds(r.Cue):
				x[factInside] = max(x[factInside], log)
			case r.holds(o.Cue):
				x[factHolds] = max(x[factHolds], log)
			}
		}
	}
}

func (r *Relation) holds(s Stretch) bool {
	for _, c := range r.Content {
		if c.Overlaps(s) {
			return true
		}
	}
	return false
}
