package name

import "readout/internal/language/chain"

// pool gathers what all places of one name in an article tell of it.
type pool struct {
	sum [kinds]int32
	n   int32
}

func (p *pool) add(kind *[kinds]int32) {
	for y, s := range kind {
		p.sum[y] += s
	}
	p.n++
}

// sort tells what each name is: first each for itself, then all places of one name
// together; a single word goes with the longer names that it ends.
func (r *reader) sort() {
	if r.pools == nil {
		r.pools = map[uint32]*pool{}
	}
	clear(r.pools)
	for i := range r.found {
		x := &r.found[i]
		if x.time {
			continue
		}
		r.buffer = r.view.kind(r.buffer[:0], x)
		x.kind = [kinds]int32{}
		r.model.Kind.Score((*[chain.Width]int32)(&x.kind), r.buffer)
		level(&x.kind)
		r.pool(r.view.whole(x)).add(&x.kind)
		if x.last-x.first > 1 {
			r.pool(ending(r.view.tokens[x.last-1].word)).add(&x.kind)
		}
	}
	for i := range r.found {
		x := &r.found[i]
		if x.time {
			continue
		}
		own := x.kind
		if p := r.pools[r.view.whole(x)]; p != nil && p.n > 1 {
			for y := range x.kind {
				x.kind[y] += (p.sum[y] - own[y]) / (p.n - 1) * poolWeight / 4
			}
		}
		if x.last-x.first == 1 {
			if p := r.pools[ending(r.view.tokens[x.first].word)]; p != nil {
				for y := range x.kind {
					x.kind[y] += p.sum[y] / p.n * longerWeight / 4
				}
			}
		}
	}
}

// What the other places of a name, and the longer names that it ends, weigh against the
// place itself, in quarters.
const (
	poolWeight   = 4
	longerWeight = 4
)

func (r *reader) pool(key uint32) *pool {
	p := r.pools[key]
	if p == nil {
		p = &pool{}
		r.pools[key] = p
	}
	return p
}

func ending(word uint32) uint32 { return chain.Mix(300, word) }

// whole gives a number for the words of a name.
func (v *view) whole(x *stretch) uint32 {
	h := uint32(7)
	for i := x.first; i < x.last; i++ {
		h = chain.Mix(200, h, v.tokens[i].word)
	}
	return h
}

// level shifts scores so that they are logarithms of probabilities, none too small: one
// place must not outvote all others.
func level(kind *[kinds]int32) {
	sum := int32(chain.Never)
	for _, s := range kind {
		sum = chain.Plus(sum, s)
	}
	for y := range kind {
		kind[y] = max(kind[y]-sum, -6*chain.Unit)
	}
}
