package name

import (
	"readout/internal/language"
	"readout/internal/language/chain"
)

// kinds is how many sorts of names there are that are told apart by training, "none" the
// first of them: those of language.NameType up to NationalityName.
const kinds = int(language.NationalityName) + 1

// main gives the token of a name that hangs on none of the others.
func (v *view) main(x *stretch) int {
	for i := x.first; i < x.last; i++ {
		if h := v.doc.Tokens[i].Head; h < x.first || h >= x.last {
			return i
		}
	}
	return x.last - 1
}

// longestName is how many tokens of a name are looked at.
const longestName = 12

// kind gives the features that tell what a name is.
func (v *view) kind(f features, x *stretch) features {
	s := &v.doc.Sentences[x.sentence]
	first, last := &v.tokens[x.first], &v.tokens[x.last-1]
	b, a := v.at(x.first-1, s), v.at(x.last, s)
	bb, aa := v.at(x.first-2, s), v.at(x.last+1, s)
	n := uint32(min(x.last-x.first, 4))
	whole, any := uint32(7), List(0)
	for i := x.first; i < min(x.last, x.first+longestName); i++ {
		t := &v.tokens[i]
		whole = chain.Mix(200, whole, t.word)
		any |= t.lists
		f.add(201, t.word)
		f.add(202, t.fine)
		f.add(203, t.coarse, n)
	}
	f.add(204, whole)
	f.add(205, first.word, n)
	f.add(206, last.word, n)
	f.add(207, last.tail2, n)
	f.add(208, last.tail3, n)
	f.add(209, last.tail4)
	f.add(210, first.front, n)
	f.add(211, first.tail3, n)
	f.add(212, first.shape, last.shape, n)
	f.add(213, first.fine, n)
	f.add(214, last.fine, n)
	f.add(215, first.coarse, last.coarse)
	f.add(216, last.coarse, b.word)
	for bit := List(1); bit <= Demonym; bit <<= 1 {
		if any&bit != 0 {
			f.add(217, uint32(bit))
		}
		if (first.lists|last.lists)&bit != 0 {
			f.add(218, uint32(bit), uint32(first.lists&bit), n)
		}
	}
	f.add(220, b.word)
	f.add(221, a.word)
	f.add(222, bb.word, b.word)
	f.add(223, a.word, aa.word)
	f.add(224, b.xpos, last.xpos, a.xpos, n)
	f.add(225, b.coarse, n)
	f.add(226, a.coarse, n)
	f.add(227, uint32(b.lists), n)
	f.add(228, uint32(a.lists), n)
	f.add(229, b.fine)
	f.add(230, a.fine)
	f = v.evidence(f, first, last, n)
	return v.around(f, x, s, n)
}

// evidence adds what the article tells of the first and the last word.
func (v *view) evidence(f features, first, last *token, n uint32) features {
	for bit := uint32(1); bit < 1<<seenBits; bit <<= 1 {
		if last.seen&bit != 0 {
			f.add(240, bit, n)
		}
		if first.seen&bit != 0 {
			f.add(241, bit, n)
		}
	}
	f.add(242, last.seen&(seenTitled|seenBehind|seenBefore|seenBody|seenIn|seenThe), n)
	return f
}

// around adds what the parse tells.
func (v *view) around(f features, x *stretch, s *language.Sentence, n uint32) features {
	i := v.main(x)
	t := &v.tokens[i]
	head := &outside
	lemma := uint32(0)
	if h := v.doc.Tokens[i].Head; h >= s.First && h < s.Last {
		head = &v.tokens[h]
		lemma = chain.Hash(v.doc.Tokens[h].Lemma)
	}
	f.add(250, t.rel, t.xpos, n)
	f.add(251, t.rel, lemma)
	f.add(252, t.rel, head.coarse)
	f.add(253, t.rel, head.fine)
	f.add(254, t.upos, t.xpos, t.rel)
	marks := uint32(0)
	for c := range v.doc.Children(i) {
		k := &v.tokens[c]
		switch rel := v.doc.Tokens[c].Rel; {
		case c >= x.first && c < x.last:
		case rel == language.RelCase:
			f.add(255, k.word, n)
			marks |= 1
		case rel == language.RelDet:
			f.add(256, k.word, n)
			marks |= 2
		case rel == language.RelAppos || rel == language.RelNmodDesc || rel == language.RelCompound || rel == language.RelFlat:
			f.add(257, k.fine)
			f.add(258, k.coarse, uint32(rel))
			marks |= 4
		case rel == language.RelAclRelcl:
			marks |= 8
		}
	}
	f.add(259, marks, n)
	return f
}
