// Package boundary says where a sentence ends: it weighs what stands around a place
// between two tokens. In
//
//	"We will wait," Mr. Oru said. He left.
//
// it weighs the places behind "Mr." and "said." and finds an end at the second alone.
package boundary

// Token is what of a token counts for a boundary.
type Token struct {
	// Text is in lower case, empty beyond the paragraph.
	Text string
	// Capital, Number and Mark say what it is; Upper is true for a word of capitals alone.
	Capital, Number, Mark, Upper bool
}

// Place is a place between two tokens of a paragraph, behind which a sentence may end.
type Place struct {
	// Before are the three tokens before it, the nearest first; After the two behind it.
	Before [3]Token
	After  [2]Token
	// Space is true where space lies between.
	Space bool
	// Quoted is true within quotation marks, Bracketed within brackets.
	Quoted, Bracketed bool
	// Length is how many tokens the sentence has so far, Rest how many the paragraph still
	// has.
	Length, Rest int
	// Stopped is true where the paragraph ends with a stop.
	Stopped bool
}

// bare is what a place without any mark has to weigh: lines that run together are rare in
// news, and a sentence that is torn costs more than two that are not parted.
const bare = 64

// Size is how many weights there are.
const Size = 1 << 15

// Most is how many features a place has.
const Most = 32

// Features gives the weights that count for a place.
func (p *Place) Features(into []uint32) []uint32 {
	f := features(into[:0])
	b0, b1, b2, a0, a1 := &p.Before[0], &p.Before[1], &p.Before[2], &p.After[0], &p.After[1]
	k0, k1, n0, n1 := b0.kind(), b1.kind(), a0.kind(), a1.kind()
	t0, t1, u0 := text(b0.Text), text(b1.Text), text(a0.Text)
	flags := flag(p.Space) | flag(p.Quoted)<<1 | flag(p.Bracketed)<<2 | flag(p.Stopped)<<3
	length, rest := bucket(p.Length), bucket(p.Rest)
	f.add(0, 0, 0, 0)
	f.add(1, t0, flags&1, 0)
	f.add(2, t0, n0, flags&1)
	f.add(3, t0, n0, flags)
	f.add(4, t0, u0, 0)
	f.add(5, t0, t1, 0)
	f.add(6, t0, k1, n0)
	f.add(7, u0, n0, 0)
	f.add(8, u0, k0, n0)
	f.add(9, k0, n0, n1)
	f.add(10, k0, n0, flags)
	f.add(11, k0, n0, length)
	f.add(12, t0, length, n0)
	f.add(13, t0, rest, n0)
	f.add(14, t1, t0, n0)
	f.add(15, t0, size(b1), n0)
	f.add(16, t0, size(b0), n0)
	f.add(17, text(b2.Text), t1, t0)
	f.add(18, u0, text(a1.Text), 0)
	f.add(19, k1, k0, n0)
	f.add(20, tail(b0.Text), k0, n0)
	f.add(21, tail(b1.Text), t0, n0)
	f.add(22, u0, flags, t0)
	f.add(23, t0, n0, n1)
	f.add(24, b2.kind()<<8|k1, k0<<8|n0, n1)
	return f
}

type features []uint32

func (f *features) add(n, a, b, c uint32) {
	h := n*0x9E3779B1 + a
	h = (h^h>>15)*0x85EBCA6B + b
	h = (h^h>>13)*0xC2B2AE35 + c
	h = (h ^ h>>16) * 0x27D4EB2F
	*f = append(*f, h>>17)
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// kind gives the sort of a token in a few bits, with the mark itself.
func (t *Token) kind() uint32 {
	switch {
	case t.Text == "":
		return 1
	case t.Mark:
		return 64 + uint32(t.Text[0])
	case t.Number:
		return 2
	case t.Upper && len(t.Text) > 1:
		return 3
	case t.Capital:
		return 4
	}
	return 5
}

func size(t *Token) uint32 { return uint32(min(len(t.Text), 5)) }

func text(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func tail(s string) uint32 { return text(s[max(0, len(s)-2):]) }

func bucket(n int) uint32 {
	switch {
	case n < 4:
		return uint32(n)
	case n < 8:
		return 4
	case n < 16:
		return 5
	case n < 40:
		return 6
	}
	return 7
}

// Ends weighs a place: above zero a sentence ends there.
func (p *Place) Ends(weights []byte) bool {
	var room [Most]uint32
	sum := 0
	for _, i := range p.Features(room[:0]) {
		sum += int(int8(weights[i]))
	}
	if !p.Before[0].Mark && !p.After[0].Mark {
		return sum > bare
	}
	return sum > 0
}
