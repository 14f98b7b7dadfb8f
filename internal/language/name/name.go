package name

import (
	"math"
	"sync"

	"readout/internal/language"
	"readout/internal/language/chain"
)

// Annotator fills Document.Names.
type Annotator struct{}

// Annotate finds the names of all sentences that belong to the article itself.
func (Annotator) Annotate(d *language.Document) {
	r := readers.Get().(*reader)
	defer readers.Put(r)
	r.model = model()
	r.read(d)
}

// Annotate finds names by this model.
func (m *Model) Annotate(d *language.Document) {
	r := &reader{model: m}
	r.read(d)
}

var readers = sync.Pool{New: func() any { return &reader{} }}

// reader is what reading needs, kept from one document to the next.
type reader struct {
	model   *Model
	view    view
	lattice chain.Lattice
	buffer  features
	labels  []uint8
	log     []int32
	found   []stretch
	pools   map[uint32]*pool
}

func (r *reader) read(d *language.Document) {
	r.view.look(d, r.model.Classes)
	r.found = r.found[:0]
	for s := range d.Sentences {
		if d.Readable(s) {
			r.find(s)
		}
		if d.Cancelled() {
			return
		}
	}
	r.sort()
	d.Names = d.Names[:0]
	at := 0 // the first token that no name holds yet
	for i := range r.found {
		x := &r.found[i]
		r.numbers(at, x.first)
		at = x.last
		if n, ok := r.name(x); ok {
			d.Names = append(d.Names, n)
		}
	}
	r.numbers(at, len(d.Tokens))
	r.view.doc = nil
}

// name gives the name that a stretch is, if it is of a sort that is kept.
func (r *reader) name(x *stretch) (language.Name, bool) {
	n := language.Name{First: x.first, Last: x.last, Type: language.TimeName}
	log := x.log
	if !x.time {
		best := 0
		sum := int32(chain.Never)
		for y, score := range x.kind {
			if score > x.kind[best] {
				best = y
			}
			sum = chain.Plus(sum, score)
		}
		n.Type = language.NameType(best)
		log += x.kind[best] - sum
	}
	if n.Type == language.PersonName { // "Mr." and "President" are no parts of it
		for n.First < n.Last && (r.view.tokens[n.First].lists&Title != 0 || n.Last-n.First > 1 && r.office(n.First)) {
			n.First++
		}
	}
	n.Confidence = probability(log)
	return n, n.Type != language.NoName && n.First < n.Last
}

// office says whether a token ends the title before it: "Secretary of State".
func (r *reader) office(i int) bool {
	d := r.view.doc
	return i >= 2 && d.Tokens[i-1].Lower == "of" && r.view.tokens[i-2].lists&Title != 0 && d.SentenceOf(i-2) == d.SentenceOf(i)
}

// probability gives what a logarithm stands for, in hundredths: so that the machine's own
// exponential does not show.
func probability(log int32) float64 {
	return math.Round(100*math.Exp(float64(min(log, 0))/chain.Unit)) / 100
}

// sureNumber is how often a run of words that are tagged as numbers is one.
const sureNumber = 0.97

// numbers adds the numbers among some tokens that no name or time holds.
func (r *reader) numbers(from, to int) {
	d := r.view.doc
	for i := from; i < to; {
		end := i
		for end < to && numeral(&d.Tokens[end]) && (end == i || d.SentenceOf(end) == d.SentenceOf(i)) {
			end++
		}
		if end == i {
			i++
			continue
		}
		if d.Readable(d.SentenceOf(i)) {
			d.Names = append(d.Names, language.Name{First: i, Last: end, Type: language.NumberName, Confidence: sureNumber})
		}
		i = end
	}
}

func numeral(t *language.Token) bool {
	return t.UPOS == language.NUM && t.Kind != language.Mark
}
