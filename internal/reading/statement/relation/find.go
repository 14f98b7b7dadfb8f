package relation

import (
	"cmp"
	"slices"

	"readout/internal/language"
	"readout/internal/language/chain"
)

// Stretch is some tokens of a document, To exclusive.
type Stretch struct{ From, To int }

// Len gives the number of tokens.
func (s Stretch) Len() int { return s.To - s.From }

// Overlaps says whether two stretches share a token.
func (s Stretch) Overlaps(o Stretch) bool { return s.From < o.To && o.From < s.To }

// Relation is a cue with who speaks and what is said.
type Relation struct {
	Cue     Stretch
	Content []Stretch
	// Speaker is empty where nobody can be found.
	Speaker Stretch
	// Score is how sure the relation is, in units of chain.Unit of a logit.
	Score int32
	// Facts are what the score was made of.
	Facts Facts
}

// The labels of the second chain, in pairs of "begin" and "inside".
const (
	None = iota
	ContentBegin
	ContentInside
	SpeakerBegin
	SpeakerInside
)

// The labels of the first.
const (
	CueBegin  = 1
	CueInside = 2
)

// Models are the trained parts.
type Models struct {
	Net   *Network
	Trees *Trees
}

const (
	// likely is the logarithm of the probability from which on a cue is looked at: 0.07.
	likely = -680
	// longestCue is the most tokens of a cue.
	longestCue = 9
	// favour is how much less "none" weighs when content and speaker are marked: an
	// attribution without them is worth nothing.
	favourContent = 200
	favourSpeaker = 300
	// longestView is the most tokens that are looked at together. Paragraphs are longer
	// only in texts that have lost theirs.
	longestView = 1200
	// One token in so many may begin a cue that is looked at, and a few more in a short
	// paragraph: prose has one in twenty, and a text of nothing but verbs of saying would
	// have the paragraph looked through again for each of its words.
	cueEvery = 6
	cuesMore = 8
)

// Finder finds relations. It is not safe for concurrent use; the models are.
type Finder struct {
	models *Models
	doc    *language.Document
	sighted
	glance *glance
	view   *view
	lens   lens
	cues   chain.Lattice
	roles  chain.Lattice

	list    []candidate
	odds    []odds
	labels  []uint8
	offered []Relation
}

// odds are the logarithms of what a token probably is to the cue.
type odds struct{ begin, content, speaker int32 }

// NewFinder makes a finder.
func NewFinder(m *Models) *Finder { return &Finder{models: m} }

// candidate is a possible cue within a view.
type candidate struct {
	from, to int
	log      int32 // of its probability
	begin    int32 // of that of its first token
}

// Windows gives the stretches of tokens that are looked at together: the paragraphs, long
// ones in pieces that end with sentences.
func Windows(d *language.Document) []Stretch {
	var out []Stretch
	for s := 0; s < len(d.Sentences); {
		w := Stretch{d.Sentences[s].First, d.Sentences[s].Last}
		p := d.Sentences[s].Paragraph
		for s++; s < len(d.Sentences) && d.Sentences[s].Paragraph == p && d.Sentences[s].Last-w.From <= longestView; s++ {
			w.To = d.Sentences[s].Last
		}
		w.To = min(w.To, w.From+4*longestView)
		if w.Len() > 0 {
			out = append(out, w)
		}
	}
	return out
}

// Offer gives the possible relations of some tokens, before they are held against each
// other.
func (f *Finder) Offer(d *language.Document, w Stretch) []Relation {
	f.look(d, w)
	f.findCues()
	f.offered = f.offered[:0]
	if len(f.list) == 0 {
		return nil
	}
	f.thin()
	for i := range f.list {
		f.relate(&f.list[i])
	}
	f.compare()
	return f.offered
}

// look turns to a window, which the network reads now unless it has been made ready.
func (f *Finder) look(d *language.Document, w Stretch) {
	at := slices.Index(f.ready, w)
	if at < 0 || d != f.doc {
		at = 0
		f.Prepare(d, []Stretch{w})
	}
	f.glance = &f.sighted.glance[at]
	f.view = &f.glance.view
}

// findCues fills the list of possible cues.
func (f *Finder) findCues() {
	v, l := f.view, &f.cues
	l.Reset(&f.models.Net.cues, len(v.tokens))
	for i := range v.tokens {
		l.Class[i] = v.tokens[i].class
		copy(l.Scores[i][:], f.glance.cues[i][:])
	}
	l.Sum()
	f.list = f.list[:0]
	for i := range v.tokens {
		if l.Log(i, CueBegin) > likely {
			f.list = append(f.list, f.cueFrom(i))
		}
	}
}

// thin leaves only the most probable cues where there are more than prose has.
func (f *Finder) thin() {
	most := len(f.view.tokens)/cueEvery + cuesMore
	if len(f.list) <= most {
		return
	}
	slices.SortStableFunc(f.list, func(a, b candidate) int { return cmp.Compare(b.log, a.log) })
	f.list = f.list[:most]
	slices.SortFunc(f.list, func(a, b candidate) int { return cmp.Compare(a.from, b.from) })
}

// cueFrom gives the most probable cue that begins at a token.
func (f *Finder) cueFrom(i int) candidate {
	l := &f.cues
	best := candidate{from: i, log: 2 * chain.Never, begin: l.Log(i, CueBegin)}
	log, label := best.begin, CueBegin
	for k := i; k < len(l.Scores) && k-i < longestCue; k++ {
		ends := int32(0)
		if k+1 < len(l.Scores) {
			ends = chain.Plus(l.LogPair(k, label, None), l.LogPair(k, label, CueBegin)) - l.Log(k, label)
		}
		if log+ends > best.log {
			best.log, best.to = log+ends, k+1
		}
		if k+1 == len(l.Scores) {
			break
		}
		log += l.LogPair(k, label, CueInside) - l.Log(k, label)
		label = CueInside
	}
	return best
}

// relate finds the speaker and the content of a cue.
func (f *Finder) relate(c *candidate) {
	low, high := f.lens.focus(f.view, c.from, c.to)
	l := &f.roles
	l.Reset(&f.models.Net.roles, high-low)
	for i := low; i < high; i++ {
		l.Class[i-low] = f.view.tokens[i].class
	}
	f.models.Net.parts(f, low, high, l.Scores)
	for i := c.from; i < c.to; i++ {
		l.Scores[i-low] = [chain.Width]int32{0, chain.Never, chain.Never, chain.Never, chain.Never}
	}
	l.Sum()
	r := Relation{Cue: f.shift(c.from, c.to)}
	r.Facts.fill(f, c, low)
	speaker, sure := f.probableSpeaker(low)
	for i := range l.Scores {
		l.Scores[i][ContentBegin] += favourContent
		l.Scores[i][SpeakerBegin] += favourSpeaker
	}
	f.odds = resize(f.odds, high-low)
	for i := range f.odds {
		f.odds[i] = odds{begin: l.Log(i, ContentBegin), content: chain.Plus(l.Log(i, ContentBegin), l.Log(i, ContentInside)),
			speaker: chain.Plus(l.Log(i, SpeakerBegin), l.Log(i, SpeakerInside))}
	}
	f.labels = resize(f.labels, high-low)
	labels := f.labels
	l.Best(labels)
	f.read(&r, labels, low)
	if r.Speaker.Len() == 0 {
		f.complete(&r, speaker, sure)
	}
	if len(r.Content) == 0 {
		return
	}
	r.Facts.relation(f, &r, low)
	f.offered = append(f.offered, r)
}

func (f *Finder) shift(from, to int) Stretch { return Stretch{from + f.view.from, to + f.view.from} }

// read takes the stretches from the labels.
func (f *Finder) read(r *Relation, labels []uint8, low int) {
	for i := 0; i < len(labels); {
		y := labels[i]
		if y != ContentBegin && y != SpeakerBegin {
			i++
			continue
		}
		end := i + 1
		for end < len(labels) && labels[end] == y+1 {
			end++
		}
		s := f.shift(low+i, low+end)
		if y == ContentBegin {
			r.Content = append(r.Content, s)
		} else if r.Speaker.Len() == 0 || closer(s, r.Speaker, r.Cue) {
			r.Speaker = s
		}
		i = end
	}
}

// closer says whether one stretch lies nearer to a third than the other does.
func closer(a, b, to Stretch) bool { return gap(a, to) < gap(b, to) }

func gap(a, b Stretch) int { return max(a.From-b.To, b.From-a.To, 0) }

// probableSpeaker gives the stretch that most probably is the speaker.
func (f *Finder) probableSpeaker(low int) (Stretch, int32) {
	l := &f.roles
	best, log := -1, int32(chain.Never)
	for i := range l.Scores {
		if p := l.Log(i, SpeakerBegin); p > log {
			best, log = i, p
		}
	}
	if best < 0 {
		return Stretch{}, chain.Never
	}
	end, label := best, SpeakerBegin
	for end+1 < len(l.Scores) && l.LogPair(end, label, SpeakerInside)-l.Log(end, label) > -chain.Unit*7/10 {
		end++
		label = SpeakerInside
	}
	return f.shift(low+best, low+end+1), log
}
