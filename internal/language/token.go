package language

import (
	"iter"
	"sort"
)

// Token is a word, a number or a mark, with what the trained layers say of it.
type Token struct {
	Range
	// Lower is the text in lower case.
	Lower string
	// Lemma is the form under which a dictionary lists the word: "be" for "was". Writer:
	// Syntax, as of all that follows but Kind and Capital.
	Lemma string
	// Head is the index in Document.Tokens of the token that this one depends on, -1 for
	// the root of a sentence.
	Head int
	// UPOS is the universal part of speech, XPOS the finer one of English.
	UPOS UPOS
	XPOS XPOS
	// Rel is what the token is to its head.
	Rel  Rel
	Kind TokenKind
	// Capital is true for a word that begins with a capital letter.
	Capital bool

	// child is the first token that depends on this one, next the next one that depends on
	// the same head; first and last bound the tokens that hang on this one, itself
	// included, last exclusive. Counted from the token itself, so that 0 is none.
	child, next, first, last int32
}

// TokenKind is a sort of token.
type TokenKind uint8

// The sorts of tokens.
const (
	Word TokenKind = iota
	Number
	Mark
)

// Compound gives the tokens that hyphens join around a token, the last exclusive:
// "Keth-backed", "twenty-three".
func (d *Document) Compound(token int) (first, last int) {
	first, last = token, token+1
	for first > 0 && token-first < compoundReach && d.hyphened(first-1, first) {
		first--
	}
	for last < len(d.Tokens) && last-token < compoundReach && d.hyphened(last-1, last) {
		last++
	}
	return first, last
}

// compoundReach bounds how far a compound is followed.
const compoundReach = 8

// hyphened says whether two tokens touch and one of them is a hyphen.
func (d *Document) hyphened(a, b int) bool {
	return d.Tokens[a].End == d.Tokens[b].Start && (d.Tokens[a].Lower == "-" || d.Tokens[b].Lower == "-")
}

// Children gives the tokens that depend on a token, in the order of the text.
func (d *Document) Children(token int) iter.Seq[int] {
	return func(yield func(int) bool) {
		step := d.Tokens[token].child
		for at := token; step != 0; step = d.Tokens[at].next {
			at += int(step)
			if !yield(at) {
				return
			}
		}
	}
}

// Child gives the first token that depends on a token by one of some relations, -1 for
// none.
func (d *Document) Child(token int, rels ...Rel) int {
	for c := range d.Children(token) {
		for _, r := range rels {
			if d.Tokens[c].Rel == r {
				return c
			}
		}
	}
	return -1
}

// Subtree gives the first and the last token, exclusive, of the stretch that a token and
// all that hangs on it cover.
func (d *Document) Subtree(token int) (first, last int) {
	t := &d.Tokens[token]
	return token + int(t.first), token + max(int(t.last), 1)
}

// Root gives the token of a sentence that depends on no other.
func (d *Document) Root(s *Sentence) int {
	for i := s.First; i < s.Last; i++ {
		if d.Tokens[i].Head < 0 {
			return i
		}
	}
	return s.First
}

// SentenceOf gives the index of the sentence that holds a token.
func (d *Document) SentenceOf(token int) int {
	return sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].Last > token })
}

// link fills what Children and Subtree read, once the heads of a sentence are known. The
// heads must make a tree.
func (d *Document) link(s *Sentence) {
	tokens := d.Tokens[s.First:s.Last]
	for i := range tokens {
		t := &tokens[i]
		t.child, t.next, t.first, t.last = 0, 0, 0, 1
	}
	for i := len(tokens) - 1; i >= 0; i-- {
		h := tokens[i].Head - s.First
		if tokens[i].Head < 0 {
			continue
		}
		if c := tokens[h].child; c != 0 {
			tokens[i].next = int32(h) + c - int32(i)
		}
		tokens[h].child = int32(i - h)
	}
	d.extend(s)
}

// extend widens the stretch of every head by those of its children, children first.
func (d *Document) extend(s *Sentence) {
	tokens := d.Tokens[s.First:s.Last]
	waiting := make([]int32, len(tokens)) // children not yet seen
	var ready []int32
	for i := range tokens {
		if h := tokens[i].Head; h >= 0 {
			waiting[h-s.First]++
		}
	}
	for i, n := range waiting {
		if n == 0 {
			ready = append(ready, int32(i))
		}
	}
	for len(ready) > 0 {
		i := int(ready[len(ready)-1])
		ready = ready[:len(ready)-1]
		if tokens[i].Head < 0 {
			continue
		}
		h := tokens[i].Head - s.First
		shift := int32(i - h)
		tokens[h].first = min(tokens[h].first, tokens[i].first+shift)
		tokens[h].last = max(tokens[h].last, tokens[i].last+shift)
		if waiting[h]--; waiting[h] == 0 {
			ready = append(ready, int32(h))
		}
	}
}
