package relation

import "readout/internal/language/chain"

// reach is how many tokens around a cue its speaker and content are looked for; a longer
// paragraph is not looked through again for each of its cues.
const reach = 130

// lens sees a paragraph from one cue.
type lens struct {
	*view
	from, to int // the cue
	head     int // its main word
	low      int // where the window begins
	path     []path
	on       []int8  // for each token of the view, how far it is above the cue, -1 off the way
	commas   []int16 // before each token
	verbs    []int16
	quoteIn  int32 // the quotation that the cue stands in
	before   int32 // the last quotation that ends before it
	behind   int32 // the first that begins behind it
}

// path is how a token hangs on the cue.
type path struct {
	branch uint32 // the relation by which its branch hangs on the cue or the way above it
	up     int8   // how far above the cue the branch is
	depth  int8   // how deep in the branch
	hash   uint32
	root   int32 // the token of its branch nearest to the cue
}

// focus sets the lens on a cue.
func (l *lens) focus(v *view, from, to int) (low, high int) {
	l.view, l.from, l.to = v, from, to
	low, high = max(0, from-reach), min(len(v.tokens), to+reach)
	l.low = low
	l.head = l.main()
	n := high - low
	if cap(l.path) < n {
		l.path, l.commas, l.verbs = make([]path, n), make([]int16, n+1), make([]int16, n+1)
	}
	if cap(l.on) < len(v.tokens) {
		l.on = make([]int8, len(v.tokens))
	}
	l.path, l.commas, l.verbs, l.on = l.path[:n], l.commas[:n+1], l.verbs[:n+1], l.on[:len(v.tokens)]
	for i := range l.on[low:high] {
		l.on[low+i] = -1
	}
	l.climb()
	l.count(low, high)
	for i := low; i < high; i++ {
		l.path[i-low] = l.way(i)
	}
	l.quotesAround()
	return low, high
}

// main gives the token of the cue that hangs on none of the others, a verb if there are
// several.
func (l *lens) main() int {
	best := l.from
	for i := l.to - 1; i >= l.from; i-- {
		if h := int(l.tokens[i].head); h < l.from || h >= l.to {
			best = i
		}
	}
	return best
}

// climb marks the cue and what it hangs on.
func (l *lens) climb() {
	for i := l.from; i < l.to; i++ {
		l.on[i] = 0
	}
	at := l.tokens[l.head].head
	for up := int8(1); up < 12 && at >= 0 && int(at) >= l.low && int(at)-l.low < len(l.path) && l.on[at] < 0; up++ {
		l.on[at] = up
		at = l.tokens[at].head
	}
}

func (l *lens) count(low, high int) {
	var c, w int16
	for i := low; i < high; i++ {
		l.commas[i-low], l.verbs[i-low] = c, w
		switch l.tokens[i].class {
		case comma, colon, dash:
			c++
		case verb:
			w++
		}
	}
	l.commas[high-low], l.verbs[high-low] = c, w
}

// way gives how a token hangs on the cue.
func (l *lens) way(i int) path {
	p := path{root: -1, up: -1}
	at := int32(i)
	hash := uint32(7)
	for depth := int8(0); depth < 16; depth++ {
		t := &l.tokens[at]
		if int(at) < l.low || int(at)-l.low >= len(l.path) {
			return p
		}
		if l.on[at] >= 0 {
			p.up, p.depth = l.on[at], depth
			p.hash = chain.Mix(99, hash, uint32(p.up))
			if depth == 0 {
				p.branch, p.root = 70, at
			}
			return p
		}
		if t.head < 0 {
			break
		}
		if depth < 4 {
			hash = chain.Mix(98, hash, uint32(t.base))
		}
		p.branch, p.root = t.rel, at
		at = t.head
	}
	return path{root: -1, up: -1, branch: 71}
}

func (l *lens) quotesAround() {
	l.quoteIn, l.before, l.behind = l.tokens[l.from].quote, 0, 0
	for i := l.from - 1; i >= l.low && l.before == 0; i-- {
		if q := l.tokens[i].quote; q != 0 && q != l.quoteIn {
			l.before = q
		}
	}
	for i := l.to; i-l.low < len(l.path) && l.behind == 0; i++ {
		if q := l.tokens[i].quote; q != 0 && q != l.quoteIn {
			l.behind = q
		}
	}
}

// pathAt gives the path of a token, an empty one beyond the window.
func (l *lens) pathAt(i int) path {
	if i < l.low || i-l.low >= len(l.path) {
		return path{root: -2, up: -2}
	}
	return l.path[i-l.low]
}

// between counts by some sums what lies between a token and the cue, up to a bound.
func (l *lens) between(sums []int16, i int, bound int16) uint32 {
	if i < l.from {
		return uint32(min(sums[l.from-l.low]-sums[i-l.low], bound))
	}
	return uint32(min(sums[i-l.low]-sums[l.to-l.low], bound))
}

// where says on which side and how far from the cue a token stands.
func (l *lens) where(i int) (side uint32, far int) {
	switch {
	case i < l.from:
		return 0, l.from - i
	case i >= l.to:
		return 1, i - l.to + 1
	}
	return 2, 0
}

func bucket(n int) uint32 {
	switch {
	case n <= 4:
		return uint32(n)
	case n <= 6:
		return 5
	case n <= 10:
		return 6
	case n <= 18:
		return 7
	case n <= 35:
		return 8
	}
	return 9
}

// quoted says how the quotation that a token stands in lies to the cue.
func (l *lens) quoted(i int) uint32 {
	switch q := l.at(i).quote; {
	case q == 0:
		return 0
	case q == l.quoteIn:
		return 1
	case q == l.before:
		return 2
	case q == l.behind:
		return 3
	case q < l.before:
		return 4
	}
	return 5
}
