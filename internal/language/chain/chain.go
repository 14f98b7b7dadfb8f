// Package chain labels the tokens of a sequence, each label depending on the one before:
// a linear chain of conditional random fields, with weights of features known by hashes.
//
// All sums are of integers, in units of 1/256 of a natural logarithm, so that a sequence
// gets the same labels and the same probabilities on every machine.
package chain

// Unit is how many steps make one natural logarithm.
const Unit = 256

// Width is the room that each feature has for weights, one a label.
const Width = 5

// Classes is how many classes of tokens the weights of a transition are told apart by.
const Classes = 12

// Never is the score of a label that a token cannot have.
const Never = -1 << 24

// Row is the weights of a feature, a label each, in units of 1/Step.
type Row [Width]int8

// Step is how many steps of a weight make one natural logarithm.
const Step = 32

// Model is a trained chain.
type Model struct {
	// Labels is how many labels there are; label 0 is "none".
	Labels int
	// Rows are the weights by the lowest bits of the hash of a feature; their number is a
	// power of two.
	Rows []Row
	// Move is the weight of one label behind another, by the class of the token and
	// that of the one before, in units of 1/Step.
	Move []int16
}

// MoveAt gives the place in Move of the transitions between two tokens of some classes.
func MoveAt(before, now uint8) int {
	return (int(before)*Classes + int(now)) * Width * Width
}

// Score adds the weights of some features to the scores of one token.
func (m *Model) Score(into *[Width]int32, features []uint32) {
	mask := uint32(len(m.Rows) - 1)
	for _, f := range features {
		row := &m.Rows[f&mask]
		for y := range row {
			into[y] += int32(row[y]) * (Unit / Step)
		}
	}
}

// Lattice holds the scores of one sequence and what follows from them. It is used over and
// over, so that the steady state allocates nothing.
type Lattice struct {
	model *Model
	// Scores are those of the labels of each token, as the caller filled them.
	Scores [][Width]int32
	// Class is the class of each token.
	Class []uint8

	alpha, beta [][Width]int32
	back        [][Width]uint8
	z           int32
}

// Reset makes room for n tokens, with scores of nought.
func (l *Lattice) Reset(m *Model, n int) {
	l.model = m
	if cap(l.Scores) < n {
		l.Scores, l.alpha, l.beta = make([][Width]int32, n), make([][Width]int32, n), make([][Width]int32, n)
		l.back, l.Class = make([][Width]uint8, n), make([]uint8, n)
	}
	l.Scores, l.alpha, l.beta, l.back, l.Class = l.Scores[:n], l.alpha[:n], l.beta[:n], l.back[:n], l.Class[:n]
	clear(l.Scores)
}

// moves gives the transitions into a token.
func (l *Lattice) moves(i int) []int16 {
	before := uint8(0)
	if i > 0 {
		before = l.Class[i-1]
	}
	at := MoveAt(before, l.Class[i])
	return l.model.Move[at : at+Width*Width]
}

func (l *Lattice) start(y int) int32 { return allowed(0, y) }

// allowed forbids "inside" behind anything but its own "begin" or "inside": labels come in
// pairs behind 0, "begin" odd and "inside" even.
func allowed(before, y int) int32 {
	if y > 0 && y%2 == 0 && before != y && before != y-1 {
		return Never
	}
	return 0
}

// Allowed says whether one label may follow another.
func Allowed(before, y int) bool { return allowed(before, y) == 0 }

// Sum computes the probabilities.
func (l *Lattice) Sum() {
	n, k := len(l.Scores), l.model.Labels
	if n == 0 {
		return
	}
	for y := range k {
		l.alpha[0][y] = l.Scores[0][y] + l.start(y)
	}
	for i := 1; i < n; i++ {
		moves := l.moves(i)
		for y := range k {
			sum := int32(Never)
			for b := range k {
				if Allowed(b, y) {
					sum = plus(sum, l.alpha[i-1][b]+int32(moves[b*Width+y])*(Unit/Step))
				}
			}
			l.alpha[i][y] = max(sum+l.Scores[i][y], Never)
		}
	}
	l.z = Never
	for y := range k {
		l.beta[n-1][y] = 0
		l.z = plus(l.z, l.alpha[n-1][y])
	}
	for i := n - 2; i >= 0; i-- {
		moves := l.moves(i + 1)
		for b := range k {
			sum := int32(Never)
			for y := range k {
				if Allowed(b, y) {
					sum = plus(sum, l.beta[i+1][y]+l.Scores[i+1][y]+int32(moves[b*Width+y])*(Unit/Step))
				}
			}
			l.beta[i][b] = max(sum, Never)
		}
	}
}

// Log gives the logarithm of the probability of a label.
func (l *Lattice) Log(i, y int) int32 { return min(l.alpha[i][y]+l.beta[i][y]-l.z, 0) }

// LogPair gives the logarithm of the probability of a label and of the one behind it.
func (l *Lattice) LogPair(i, y, next int) int32 {
	if !Allowed(y, next) {
		return Never
	}
	move := int32(l.moves(i + 1)[y*Width+next]) * (Unit / Step)
	return min(l.alpha[i][y]+move+l.Scores[i+1][next]+l.beta[i+1][next]-l.z, 0)
}

// LogNone gives the logarithm of the probability that all tokens have label 0.
func (l *Lattice) LogNone() int32 {
	var sum int32
	for i := range l.Scores {
		sum += l.Scores[i][0]
		if i > 0 {
			sum += int32(l.moves(i)[0]) * (Unit / Step)
		}
	}
	return min(sum-l.z, 0)
}

// Best fills the labels that fit best, and gives their score less that of the sum.
func (l *Lattice) Best(labels []uint8) {
	n, k := len(l.Scores), l.model.Labels
	if n == 0 {
		return
	}
	best := l.alpha // the sums are spent
	for y := range k {
		best[0][y] = l.Scores[0][y] + l.start(y)
	}
	for i := 1; i < n; i++ {
		moves := l.moves(i)
		for y := range k {
			top, from := int32(2*Never), 0
			for b := range k {
				if s := best[i-1][b] + int32(moves[b*Width+y])*(Unit/Step) + allowed(b, y); s > top {
					top, from = s, b
				}
			}
			best[i][y], l.back[i][y] = max(top+l.Scores[i][y], 2*Never), uint8(from)
		}
	}
	y := 0
	for b := range k {
		if best[n-1][b] > best[n-1][y] {
			y = b
		}
	}
	for i := n - 1; i >= 0; i-- {
		labels[i] = uint8(y)
		y = int(l.back[i][y])
	}
}
