package relation

import (
	"sort"

	"readout/internal/language"
	"readout/internal/language/chain"
)

// The classes of tokens that the transitions of a chain are told apart by.
const (
	plain uint8 = iota
	comma
	opens
	closes
	stop
	colon
	dash
	bracket
	first // of a sentence
	that
	verb
	number
)

// token is what the features read of one.
type token struct {
	word, lemma uint32 // hashes
	xpos, upos  uint32
	rel         uint32 // with its subtype
	base        language.Rel
	head        int32 // within the view, -1 for none
	sentence    int32
	quote       int32 // the quotation it stands in, counted from 1
	class       uint8
	capital     bool
	near        uint8 // a quotation closes before it (1) or opens behind it (2)
	kids        uint32
	subject     int32 // that of a verb, its own or one it shares, -1 for none
	shared      uint8 // how the subject is shared
	object      int32 // the first object or clause, -1 for none
}

// view is a paragraph as the features see it.
type view struct {
	from   int // the first token in the document
	tokens []token
	quotes int
}

// marksOf are relations of which a token keeps that it has a child by them, a bit each.
var marksOf = [...]language.Rel{language.RelNsubj, language.RelNsubjPass, language.RelObj, language.RelCcomp, language.RelXcomp,
	language.RelAdvcl, language.RelObl, language.RelParataxis, language.RelMark, language.RelAux, language.RelAuxPass,
	language.RelCop, language.RelNmodPoss, language.RelNmod, language.RelAcl, language.RelCase, language.RelDet, language.RelIobj, language.RelOblAgent, language.RelAclRelcl}

// look fills the view of some tokens.
func (v *view) look(d *language.Document, from, to int) {
	v.from = from
	if cap(v.tokens) < to-from {
		v.tokens = make([]token, to-from)
	}
	v.tokens = v.tokens[:to-from]
	s := d.SentenceOf(from)
	q := sort.Search(len(d.Quotations), func(i int) bool { return d.Quotations[i].Outside.End > d.Tokens[from].Start })
	base := q
	for i := range v.tokens {
		for s+1 < len(d.Sentences) && from+i >= d.Sentences[s].Last {
			s++
		}
		for q < len(d.Quotations) && d.Quotations[q].Outside.End <= d.Tokens[from+i].Start {
			q++
		}
		v.one(d, i, s, q, base)
	}
	v.quotes = q - base
	if q < len(d.Quotations) && d.Quotations[q].Outside.Start < d.Tokens[to-1].End {
		v.quotes++
	}
	v.family()
	v.nearQuotes()
}

func (v *view) one(d *language.Document, i, s, q, base int) {
	src, t := &d.Tokens[v.from+i], &v.tokens[i]
	*t = token{word: chain.Hash(src.Lower), lemma: chain.Hash(src.Lemma),
		xpos: uint32(src.XPOS), upos: uint32(src.UPOS), rel: uint32(src.Rel), base: src.Rel.Base(),
		head: -1, sentence: int32(s), capital: src.Capital, subject: -1, object: -1}
	if h := src.Head - v.from; src.Head >= 0 && h >= 0 && h < len(v.tokens) {
		t.head = int32(h)
	}
	if q < len(d.Quotations) && d.Quotations[q].Outside.Start <= src.Start && src.Start < d.Quotations[q].Outside.End {
		t.quote = int32(q - base + 1)
	}
	t.class = classOf(d, v.from+i, s, q)
}

func classOf(d *language.Document, i, s, q int) uint8 {
	t := &d.Tokens[i]
	inside := q < len(d.Quotations) && d.Quotations[q].Inside.Start <= t.Start
	switch t.Lower {
	case ",":
		return comma
	case `"`, "“", "”", "''", "``":
		if inside {
			return closes
		}
		return opens
	case ".", "!", "?", "…":
		return stop
	case ":", ";":
		return colon
	case "-", "–", "—", "--":
		return dash
	case "(", ")", "[", "]":
		return bracket
	case "that":
		return that
	}
	switch {
	case i == d.Sentences[s].First:
		return first
	case t.UPOS == language.VERB || t.UPOS == language.AUX:
		return verb
	case t.Kind == language.Number:
		return number
	}
	return plain
}

// family fills what a token knows of those that hang on it.
func (v *view) family() {
	for i := range v.tokens {
		t := &v.tokens[i]
		if t.head < 0 {
			continue
		}
		h := &v.tokens[t.head]
		for bit, rel := range marksOf {
			if language.Rel(t.rel) == rel {
				h.kids |= 1 << bit
			}
		}
		switch t.base {
		case language.RelNsubj, language.RelCsubj:
			if h.subject < 0 {
				h.subject = int32(i)
			}
		case language.RelObj, language.RelCcomp, language.RelXcomp:
			if h.object < 0 {
				h.object = int32(i)
			}
		case language.RelAdvmod:
			if t.word == wordNot || t.word == wordNt {
				h.kids |= 1 << 31
			}
		}
	}
	for i := range v.tokens {
		v.share(i)
	}
}

// share gives a verb without a subject that of the one it hangs on.
func (v *view) share(i int) {
	t := &v.tokens[i]
	at := t
	for depth := uint8(1); depth <= 3 && t.subject < 0 && at.head >= 0; depth++ {
		switch at.base {
		case language.RelConj, language.RelXcomp, language.RelAdvcl, language.RelParataxis:
			h := &v.tokens[at.head]
			if h.subject >= 0 && h.shared == 0 {
				t.subject, t.shared = h.subject, depth
			}
			at = h
		case language.RelAcl:
			t.subject, t.shared = at.head, 8
			return
		default:
			return
		}
	}
}

// nearQuotes fills which tokens stand right beside a quotation.
func (v *view) nearQuotes() {
	reach := 0
	for i := range v.tokens {
		t := &v.tokens[i]
		if t.quote == 0 && reach > 0 {
			t.near |= 1
		}
		reach--
		if t.quote != 0 {
			reach = 4
		}
	}
	reach = 0
	for i := len(v.tokens) - 1; i >= 0; i-- {
		t := &v.tokens[i]
		if t.quote == 0 && reach > 0 {
			t.near |= 2
		}
		reach--
		if t.quote != 0 {
			reach = 4
		}
	}
}

// outside stands for what lies beyond the ends of a paragraph.
var outside = token{word: 1, lemma: 1, xpos: 60, upos: 30, rel: 60, head: -1, subject: -1, object: -1}

func (v *view) at(i int) *token {
	if i < 0 || i >= len(v.tokens) {
		return &outside
	}
	return &v.tokens[i]
}

var wordNot, wordNt = chain.Hash("not"), chain.Hash("n't")

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// kind gives what sort of speaker a token would be: a pronoun, a name, or a noun by its
// ending.
func (v *view) kind(i int32) uint32 {
	if i < 0 {
		return 0
	}
	t := &v.tokens[i]
	switch language.UPOS(t.upos) {
	case language.PRON:
		return t.word
	case language.PROPN:
		return 2
	case language.NOUN:
		return 3 + flag(language.XPOS(t.xpos) == language.TagNNS)
	}
	return 5
}

// frame are the children by which a verb shows how it takes what was said.
const frame = 1<<0 | 1<<1 | 1<<2 | 1<<3 | 1<<4 | 1<<6 | 1<<7 | 1<<10 | 1<<31
