package relation

// reach is how many tokens around a cue its speaker and content are looked for; a longer
// paragraph is not looked through again for each of its cues.
const reach = 130

// still gives the features of a token for its part in any relation.
func (v *view) still(f features, i int) features {
	t, b, a := v.at(i), v.at(i-1), v.at(i+1)
	f.add(101, t.word)
	f.add(102, b.word)
	f.add(103, a.word)
	f.add(104, b.xpos, t.xpos)
	f.add(105, t.xpos, a.xpos)
	f.add(106, b.word, t.word)
	f.add(107, t.word, a.word)
	f.add(108, t.rel, t.xpos)
	f.add(109, b.xpos, t.xpos, a.xpos)
	f.add(110, v.at(i-2).xpos, b.xpos, t.xpos)
	f.add(111, uint32(b.class), uint32(t.class), uint32(a.class), flag(t.quote != 0))
	f.add(112, t.lemma, t.rel)
	return f
}

// lens sees a paragraph from one cue.
type lens struct {
	*view
	from, to int // the cue
	head     int // its main word
	low      int // where the window begins
	path     []path
	on       []int8 // for each token of the view, how far it is above the cue, -1 off the way
	strong   []uint8
	commas   []int16 // before each token
	verbs    []int16
	cues     []int16
	lemma    uint32
	frame    uint32
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

// focus sets the lens on a cue. strong marks the tokens of likely cues.
func (l *lens) focus(v *view, from, to int, strong []uint8) (low, high int) {
	l.view, l.from, l.to, l.strong = v, from, to, strong
	low, high = max(0, from-reach), min(len(v.tokens), to+reach)
	l.low = low
	l.head = l.main()
	n := high - low
	if cap(l.path) < n {
		l.path, l.commas, l.verbs, l.cues = make([]path, n), make([]int16, n+1), make([]int16, n+1), make([]int16, n+1)
	}
	if cap(l.on) < len(v.tokens) {
		l.on = make([]int8, len(v.tokens))
	}
	l.path, l.commas, l.verbs, l.cues, l.on = l.path[:n], l.commas[:n+1], l.verbs[:n+1], l.cues[:n+1], l.on[:len(v.tokens)]
	for i := range l.on[low:high] {
		l.on[low+i] = -1
	}
	l.climb()
	l.count(low, high)
	for i := low; i < high; i++ {
		l.path[i-low] = l.way(i)
	}
	l.quotesAround()
	l.describe()
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
	var c, w, q int16
	for i := low; i < high; i++ {
		l.commas[i-low], l.verbs[i-low], l.cues[i-low] = c, w, q
		switch l.tokens[i].class {
		case comma, colon, dash:
			c++
		case verb:
			w++
		}
		if l.strong[i] == 1 && (i < l.from || i >= l.to) {
			q++
		}
	}
	l.commas[high-low], l.verbs[high-low], l.cues[high-low] = c, w, q
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
			p.hash = mix(99, hash, uint32(p.up))
			if depth == 0 {
				p.branch, p.root = 70, at
			}
			return p
		}
		if t.head < 0 {
			break
		}
		if depth < 4 {
			hash = mix(98, hash, uint32(t.base))
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

func (l *lens) describe() {
	t := &l.tokens[l.head]
	l.lemma = t.lemma
	l.frame = mix(97, t.kids&frame, t.upos, uint32(t.near), flag(t.subject < 0))
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

// role gives the features of a token for its part in the relation of the cue.
func (l *lens) role(f features, i int) features {
	t := l.at(i)
	p, pb, pa := l.pathAt(i), l.pathAt(i-1), l.pathAt(i+1)
	side, far := l.where(i)
	same := min(uint32(max(t.sentence-l.tokens[l.head].sentence, -3)+3), 6)
	place := side<<8 | same<<4
	commas, verbs, cues := l.between(l.commas, i, 3), l.between(l.verbs, i, 4), l.between(l.cues, i, 2)
	here := l.quoted(i)
	around := l.quoted(i-1)<<8 | here<<4 | l.quoted(i+1)
	branch := p.branch<<8 | uint32(uint8(p.up))
	edge := flag(pb.root == p.root)<<1 | flag(pa.root == p.root)
	nearer := uint32(min(far, 6))

	f.add(120, place, bucket(far))
	f.add(121, branch, side, same)
	f.add(122, branch, edge, side)
	f.add(123, l.lemma, branch, side)
	f.add(124, p.hash, side)
	f.add(125, l.lemma, p.hash)
	f.add(126, branch, pb.branch, uint32(uint8(pb.up)), pa.branch, uint32(uint8(pa.up)))
	f.add(127, branch, t.word)
	f.add(128, branch, t.xpos, uint32(p.depth))
	f.add(129, place, nearer, t.word)
	f.add(130, place, nearer, t.xpos)
	f.add(131, l.lemma, side, nearer, t.upos)
	f.add(132, around, side, same)
	f.add(133, around, l.frame)
	f.add(134, here, t.rel, side)
	f.add(135, commas, verbs, cues, side)
	f.add(136, commas, same, branch)
	f.add(137, cues, here, side, same)
	f.add(138, l.lemma, t.word, side)
	f.add(139, l.frame, branch)
	f.add(140, l.frame, place, bucket(far))
	f.add(141, l.frame, side, uint32(t.class), nearer)
	f.add(142, l.at(i-1).word, branch, edge)
	f.add(143, l.at(i+1).word, branch, edge)
	f.add(144, uint32(l.at(i-1).class), uint32(t.class), uint32(l.at(i+1).class), edge, branch)
	f.add(145, verbs, p.hash)
	return l.roleCue(f, i, place, branch, edge)
}

// roleCue adds features that look at the words around the cue.
func (l *lens) roleCue(f features, i int, place, branch, edge uint32) features {
	t, h := l.at(i), &l.tokens[l.head]
	next := l.at(l.to)
	f.add(150, next.word, branch, place)
	f.add(151, uint32(l.at(l.from-1).class), uint32(next.class), place, uint32(t.class))
	f.add(152, h.upos, h.rel, branch, place)
	f.add(153, h.xpos, t.xpos, place)
	f.add(154, flag(int32(i) == h.subject), t.upos, uint32(h.shared))
	f.add(155, flag(h.subject >= 0 && l.pathAt(i).root == h.subject), uint32(h.shared), edge)
	f.add(156, uint32(l.strong[i]), place, branch)
	f.add(157, l.quoted(i), place, flag(l.quotes > 0), t.xpos)
	f.add(158, l.view.kind(h.subject), branch, place)
	f.add(159, t.word, l.at(i+1).word, branch)
	f.add(160, l.at(i-1).word, t.word, place)
	return f
}
