package rank

import (
	"strings"

	"readout/internal/language"
)

// bits is how many rows the table of weights has.
const (
	bits = 15
	rows = 1 << bits
)

// facts gathers the rows of what is known of one candidate.
type facts struct {
	*language.Document
	at       int // the token that asks
	sentence int
	class    Class
	rows     []uint32
}

// add notes a fact: its number, and up to three values. Every fact counts by the class of
// the word that asks.
func (f *facts) add(fact uint32, values ...uint32) {
	h := fact*2654435761 + uint32(f.class)*40503
	for _, v := range values {
		h = (h ^ v) * 16777619
		h ^= h >> 13
	}
	h *= 2246822519
	f.rows = append(f.rows, (h^h>>15)&(rows-1))
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func word(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// bucket sorts a count.
func bucket(n int) uint32 {
	switch {
	case n < 4:
		return uint32(max(n, 0))
	case n < 6:
		return 4
	case n < 9:
		return 5
	case n < 15:
		return 6
	}
	return 7
}

// role sorts relations.
func role(t *language.Token) uint32 {
	switch t.Rel {
	case language.RelNsubjPass:
		return 2
	case language.RelOblAgent:
		return 1
	case language.RelNmodPoss:
		return 5
	}
	switch t.Rel.Base() {
	case language.RelNsubj:
		return 1
	case language.RelObj, language.RelIobj:
		return 3
	case language.RelObl:
		return 4
	case language.RelNmod:
		return 6
	case language.RelConj:
		return 7
	case language.RelAppos:
		return 8
	case language.RelRoot:
		return 9
	case language.RelXcomp, language.RelCcomp, language.RelParataxis:
		return 10
	}
	return 11
}

// form sorts how somebody was named last.
func (f *facts) form(token int, named bool) uint32 {
	t := &f.Tokens[token]
	switch {
	case classes[t.Lower] == f.class && f.class != Noun:
		return 1
	case classes[t.Lower] != NoClass:
		return 2
	case t.UPOS == language.PRON:
		return 3
	case t.UPOS == language.PROPN || named:
		return 4 // "Varland's leader" too, when he has a name
	}
	for c := range f.Children(token) {
		x := &f.Tokens[c]
		if x.Rel == language.RelDet && determiners[x.Lower] {
			return 5
		}
		if x.Rel == language.RelDet {
			return 6
		}
		if x.Rel == language.RelNmodPoss {
			return 7
		}
	}
	return 8
}

// number is 1 for one, 2 for several, 0 where nothing tells.
func number(t *language.Token) uint32 {
	switch t.XPOS {
	case language.TagNN, language.TagNNP:
		return 1
	case language.TagNNS, language.TagNNPS:
		return 2
	}
	switch classes[t.Lower] {
	case He, She, It:
		return 1
	case They:
		return 2
	}
	return 0
}

// verb gives the token that a token is an argument of.
func (f *facts) verb(token int) int {
	if h := f.Tokens[token].Head; h >= 0 {
		return h
	}
	return token
}

// pair gathers the facts of a candidate; order counts those nearer than it.
func (f *facts) pair(c *Candidate, order int) {
	asks, t := &f.Tokens[f.at], &f.Tokens[c.Token]
	back := bucket(c.Back)
	how, what := f.form(c.Token, c.Named), uint32(c.Sort)<<1|flag(c.Named)
	if c.Joint {
		what |= 64
	}
	count := number(t)
	if c.Joint {
		count = 3
	}
	f.add(1, back, how)
	f.add(2, bucket(order), how)
	f.add(3, back, role(t))
	f.add(4, role(asks), role(t), min(back, 2))
	f.add(5, what, how)
	f.add(6, uint32(c.Gender), uint32(c.Sort))
	f.add(7, count, uint32(c.Sort))
	if t.UPOS != language.PROPN { // who is in the news changes
		f.add(8, word(t.Lemma))
	}
	f.add(9, min(bucket(c.Count), 3), back)
	f.add(10, what, word(f.Tokens[f.verb(f.at)].Lemma), role(asks))
	f.add(11, count, how, back)
	f.add(12, flag(f.QuotationAt(asks.Start) != nil), flag(f.QuotationAt(t.Start) != nil), min(back, 2))
	f.add(13, bucket(f.Sentences[f.sentence].Paragraph-f.Sentences[c.Sentence].Paragraph), what)
	f.add(14, bucket(c.Token-f.Sentences[c.Sentence].First), min(back, 2), role(t))
	f.add(15, f.tree(c.Token, back), role(asks))
	f.add(16, f.tree(c.Token, back), what)
	f.add(17, word(c.Noun), count)
	f.add(18, what, count, uint32(asks.Rel.Base()))
	speaks := flag(Speaks(f.Document, f.at))
	f.add(19, speaks, flag(Speaks(f.Document, c.Token)), back)
	f.add(20, speaks, f.since(c), what)
	f.add(21, f.under(c.Token), flag(t.UPOS == language.PROPN))
	f.add(22, min(bucket(c.Subject), 3), back)
	f.add(23, speaks, flag(f.QuotationAt(asks.Start) != nil), flag(f.QuotationAt(t.Start) != nil), back)
	if f.class == Noun {
		f.nouns(c, t, asks)
	}
}

// since sorts how many sentences ago a candidate spoke.
func (f *facts) since(c *Candidate) uint32 {
	if !c.Spoke {
		return 9
	}
	return bucket(c.SpokeBack)
}

// under says whether a candidate stands below the verb that the asking word is the subject
// of: in "that Bo would come, she said", Bo is not she.
func (f *facts) under(token int) uint32 {
	if f.Tokens[f.at].Rel.Base() != language.RelNsubj {
		return 0
	}
	v := f.Tokens[f.at].Head
	for step := range uint32(6) {
		if token = f.Tokens[token].Head; token < 0 {
			return 0
		}
		if token == v {
			return 1 + min(step, 2)
		}
	}
	return 0
}

// Speaks says whether a token is the subject of a verb of saying.
func Speaks(d *language.Document, token int) bool {
	t := &d.Tokens[token]
	if t.Rel != language.RelNsubj || t.Head < 0 {
		return false
	}
	return saying[d.Tokens[t.Head].Lemma] || d.Child(t.Head, language.RelCcomp) > token
}

// tree tells how the words that ask and the candidate stand in one sentence.
func (f *facts) tree(token int, back uint32) uint32 {
	if back != 0 {
		return 1
	}
	if f.Tokens[token].Head == f.Tokens[f.at].Head {
		return 2 // arguments of one verb: "he saw him"
	}
	first, last := f.Subtree(token)
	if first <= f.at && f.at < last {
		return 3 // within: "the man who saw him"
	}
	v := f.at
	for step := range uint32(4) {
		if v = f.Tokens[v].Head; v < 0 {
			break
		}
		if f.Tokens[token].Head == v {
			return 4 + step*2 + flag(f.Tokens[token].Rel.Base() == language.RelNsubj) // "he said that she"
		}
	}
	return 12
}

// nouns adds what a noun has in common with a candidate.
func (f *facts) nouns(c *Candidate, t, asks *language.Token) {
	same := flag(t.Lemma == asks.Lemma) | flag(c.Noun != "" && c.Noun == asks.Lemma)<<1
	f.add(30, same, flag(c.Named))
	f.add(31, same, f.modified(f.at), f.modified(c.Token))
	f.add(32, word(asks.Lemma), uint32(c.Sort)<<1|flag(c.Named))
	f.add(33, word(asks.Lemma), word(t.Lemma))
	f.add(34, flag(number(t) == number(asks)), uint32(c.Sort), flag(c.Named))
	f.add(35, flag(strings.Contains(t.Lower, asks.Lemma)), flag(c.Named))
	f.add(36, same, bucket(c.Back))
}

// modified tells what is said of a noun.
func (f *facts) modified(token int) (m uint32) {
	for c := range f.Children(token) {
		switch f.Tokens[c].Rel.Base() {
		case language.RelAmod, language.RelCompound:
			m |= 1
		case language.RelNmod, language.RelAcl:
			m |= 2
		}
	}
	return m
}

// nobody gathers the facts by which nobody is meant.
func (f *facts) nobody(candidates int) {
	asks := &f.Tokens[f.at]
	v := f.verb(f.at)
	f.add(50)
	f.add(51, uint32(asks.Rel))
	f.add(52, word(f.Tokens[v].Lemma), role(asks))
	f.add(53, bucket(candidates))
	f.add(54, bucket(f.sentence))
	f.add(55, flag(f.QuotationAt(asks.Start) != nil))
	f.add(56, word(asks.Lower))
	clause := f.Child(v, language.RelCcomp, language.RelXcomp, language.RelCsubj, language.RelAdvcl)
	f.add(57, uint32(f.Tokens[v].UPOS), flag(clause > f.at), role(asks))
	if f.class == Noun {
		f.add(58, word(asks.Lemma), f.modified(f.at))
		f.add(59, f.modified(f.at), number(asks))
		if c := f.Child(f.at, language.RelDet); c >= 0 {
			f.add(60, word(f.Tokens[c].Lower), f.modified(f.at))
		}
	}
}
