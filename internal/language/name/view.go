package name

import (
	"unicode"

	"readout/internal/language"
	"readout/internal/language/chain"
)

// The classes of tokens that the transitions of the chain are told apart by.
const (
	plain uint8 = iota
	proper
	capital
	capitals
	initial // a capital that begins a sentence
	number
	calendar
	comma
	hyphen
	of
	inside
	possessive
)

// token is what the features read of one.
type token struct {
	word, front, tail2, tail3, tail4 uint32 // hashes
	shape                            uint32
	upos, xpos, rel                  uint32
	fine, coarse                     uint32 // the classes of the word by its vector, 0 for none
	lists                            List
	seen                             uint32 // what the article tells of the word elsewhere
	class                            uint8
	open                             bool // it may be a part of a name
}

// What an article tells of a word: how it is written, and what stands around it. A bit is
// set by any of its places.
const (
	seenLower  uint32 = 1 << iota // without a capital
	seenInside                    // with a capital inside a sentence
	seenProper                    // tagged as a name
	seenTitled                    // behind a title
	seenBehind                    // behind another capital
	seenBefore                    // before another capital
	seenBody                      // before a word that ends the name of a body
	seenIn                        // behind "in" and the like
	seenSays                      // as the subject of a verb of saying
	seenThe                       // behind "the"
	seenOwns                      // before "'s"
	seenWho                       // before "who"
	seenBits   = iota
)

// view is a document as the features see it.
type view struct {
	doc    *language.Document
	tokens []token
	seen   map[uint32]uint32
}

// look fills the view.
func (v *view) look(d *language.Document, c *Classes) {
	v.doc = d
	if cap(v.tokens) < len(d.Tokens) {
		v.tokens = make([]token, len(d.Tokens))
	}
	v.tokens = v.tokens[:len(d.Tokens)]
	if v.seen == nil {
		v.seen = map[uint32]uint32{}
	}
	clear(v.seen)
	for s := range d.Sentences {
		for i := d.Sentences[s].First; i < d.Sentences[s].Last; i++ {
			v.one(i, i == d.Sentences[s].First, c)
		}
	}
	for s := range d.Sentences {
		for i := d.Sentences[s].First; i < d.Sentences[s].Last; i++ {
			v.witness(i, &d.Sentences[s])
		}
	}
	for i := range v.tokens {
		t := &v.tokens[i]
		if t.class != plain {
			t.seen = v.seen[t.word]
		}
		t.open = t.class != plain && t.class < comma
	}
	for i := range v.tokens {
		if t := &v.tokens[i]; !t.open && t.lists&Inside != 0 {
			t.open = v.firm(i-1) || v.firm(i+1)
		}
	}
}

// firm says whether a token may be a part of a name whatever stands around it.
func (v *view) firm(i int) bool {
	return i >= 0 && i < len(v.tokens) && v.tokens[i].class != plain && v.tokens[i].class < comma
}

func (v *view) one(i int, first bool, c *Classes) {
	src, t := &v.doc.Tokens[i], &v.tokens[i]
	w := src.Lower
	*t = token{word: chain.Hash(w), front: chain.Hash(w[:min(3, len(w))]), tail2: chain.Hash(w[max(0, len(w)-2):]),
		tail3: chain.Hash(w[max(0, len(w)-3):]), tail4: chain.Hash(w[max(0, len(w)-4):]),
		upos: uint32(src.UPOS), xpos: uint32(src.XPOS), rel: uint32(src.Rel), lists: lists[w]}
	t.fine, t.coarse = c.Of(t.word)
	t.shape = shape(v.doc.Words(src.Range))
	t.class = classOf(src, t, first)
}

const calendars = Month | Weekday | Day | Part | Period | Relative

func classOf(src *language.Token, t *token, first bool) uint8 {
	switch src.Lower {
	case ",":
		return comma
	case "-", "–", "/", "&":
		return hyphen
	case "of", "for":
		return of
	case "'s", "’s":
		return possessive
	}
	switch {
	case src.Kind == language.Number || src.UPOS == language.NUM || Ordinal(src.Lower) || Year(src.Lower):
		return number
	case t.lists&calendars != 0:
		return calendar
	case src.Capital && first:
		return initial
	case src.Capital && t.shape == shapeCapitals:
		return capitals
	case src.UPOS == language.PROPN:
		return proper
	case src.Capital:
		return capital
	case t.lists&Inside != 0:
		return inside
	}
	return plain
}

// shapeCapitals is the shape of a word of several capitals.
var shapeCapitals = shape("AB")

// shape tells the letters of a word by their sort, runs of one sort once.
func shape(s string) uint32 {
	h, last := uint32(17), byte(0)
	count := 0
	for _, r := range s {
		c := byte('.')
		switch {
		case unicode.IsUpper(r):
			c = 'A'
		case unicode.IsLower(r):
			c = 'a'
		case unicode.IsDigit(r):
			c = '0'
		case unicode.IsLetter(r):
			c = 'l'
		}
		if c == last {
			if count < 2 || c == '0' && count < 4 {
				count++
				if count == 2 || c == '0' {
					h = h*31 + uint32(c) + 7
				}
			}
			continue
		}
		h, last, count = h*31+uint32(c), c, 1
	}
	return h
}

// witness notes what the place of a token tells of its word.
func (v *view) witness(i int, s *language.Sentence) {
	src, t := &v.doc.Tokens[i], &v.tokens[i]
	if src.Kind != language.Word {
		return
	}
	if !src.Capital {
		if _, ok := v.seen[t.word]; ok || len(v.seen) < most {
			v.seen[t.word] |= seenLower
		}
		return
	}
	bits := uint32(0)
	set := func(yes bool, bit uint32) {
		if yes {
			bits |= bit
		}
	}
	set(src.UPOS == language.PROPN, seenProper)
	set(i > s.First, seenInside)
	if i > s.First {
		b, before := &v.tokens[i-1], &v.doc.Tokens[i-1]
		set(b.lists&Title != 0, seenTitled)
		set(before.Capital && b.lists&Title == 0, seenBehind)
		set(before.Lower == "the", seenThe)
		switch before.Lower {
		case "in", "at", "from", "near", "across", "into", "to":
			set(true, seenIn)
		}
	}
	if i+1 < s.Last {
		a, after := &v.tokens[i+1], &v.doc.Tokens[i+1]
		set(after.Capital, seenBefore)
		set(after.Capital && a.lists&Body != 0, seenBody)
		set(a.class == possessive, seenOwns)
		set(after.Lower == "who", seenWho)
	}
	if src.Rel.Base() == language.RelNsubj && src.Head >= 0 {
		set(lists[v.doc.Tokens[src.Head].Lemma]&Speech != 0, seenSays)
	}
	if _, ok := v.seen[t.word]; ok || len(v.seen) < most {
		v.seen[t.word] |= bits
	}
}

// most bounds how many words an article is remembered by.
const most = 1 << 16

// outside stands for what lies beyond the ends of a sentence.
var outside = token{word: 1, front: 1, tail2: 1, tail3: 1, tail4: 1, upos: 30, xpos: 60, rel: 60}

// at gives a token of a sentence.
func (v *view) at(i int, s *language.Sentence) *token {
	if i < s.First || i >= s.Last {
		return &outside
	}
	return &v.tokens[i]
}

// features collects the hashes of one token or name.
type features []uint32

func (f *features) add(kind uint32, parts ...uint32) { *f = append(*f, chain.Mix(kind, parts...)) }
