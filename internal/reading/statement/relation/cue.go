package relation

import "readout/internal/language"

// features collects the hashes of one token.
type features []uint32

func (f *features) add(n uint32, parts ...uint32) { *f = append(*f, mix(n, parts...)) }

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

func (v *view) lemmaAt(i int32) uint32 {
	if i < 0 {
		return 0
	}
	return v.tokens[i].lemma
}

func (v *view) uposAt(i int32) uint32 {
	if i < 0 {
		return 0
	}
	return v.tokens[i].upos
}

// cue gives the features that tell whether a token belongs to a cue.
func (v *view) cue(f features, i int) features {
	t, b, a := v.at(i), v.at(i-1), v.at(i+1)
	bb, aa := v.at(i-2), v.at(i+2)
	f.add(1, t.word)
	f.add(2, b.word)
	f.add(3, a.word)
	f.add(4, bb.word)
	f.add(5, aa.word)
	f.add(6, b.word, t.word)
	f.add(7, t.word, a.word)
	f.add(8, t.lemma)
	f.add(9, t.lemma, t.upos)
	f.add(10, t.xpos)
	f.add(11, b.xpos, t.xpos)
	f.add(12, t.xpos, a.xpos)
	f.add(13, b.xpos, t.xpos, a.xpos)
	f.add(14, t.lemma, a.xpos)
	f.add(15, t.lemma, b.xpos)
	f.add(16, t.tail, t.upos)
	f.add(17, b.lemma, t.lemma, a.lemma)
	f.add(18, t.xpos, a.xpos, aa.xpos)
	f.add(19, bb.xpos, b.xpos, t.xpos)
	f.add(20, t.lemma, aa.word)
	f.add(21, t.lemma, bb.word)
	return v.cueTree(f, i)
}

// cueTree adds what the parse and the quotations tell of a cue.
func (v *view) cueTree(f features, i int) features {
	t := v.at(i)
	head := &outside
	if t.head >= 0 {
		head = &v.tokens[t.head]
	}
	f.add(30, t.rel, t.xpos)
	f.add(31, t.rel, head.lemma)
	f.add(32, t.rel, head.upos, t.upos)
	f.add(33, t.lemma, t.rel)
	f.add(34, t.lemma, t.kids&frame)
	f.add(35, t.upos, t.kids)
	f.add(36, t.lemma, v.kind(t.subject))
	f.add(37, t.upos, v.lemmaAt(t.subject), uint32(t.shared))
	f.add(38, t.lemma, uint32(t.shared), flag(t.subject < 0))
	f.add(39, t.lemma, v.uposAt(t.object), v.at(int(t.object)).rel)
	f.add(40, t.upos, v.lemmaAt(t.object))
	f.add(41, t.lemma, uint32(t.near), flag(t.quote != 0))
	f.add(42, t.upos, uint32(t.near), flag(t.quote != 0))
	f.add(43, t.upos, flag(t.quote != 0), flag(v.quotes > 0))
	f.add(44, t.xpos, head.rel, t.rel)
	f.add(45, t.lemma, v.markOf(t.object))
	f.add(46, t.lemma, head.lemma, t.rel)
	f.add(47, t.kids&frame, v.kind(t.subject), t.upos)
	f.add(48, uint32(v.at(i-1).class), uint32(v.at(i+1).class), t.upos)
	f.add(49, t.rel, v.at(i-1).rel, v.at(i+1).rel)
	f.add(50, v.at(i-1).lemma, t.rel, t.upos)
	f.add(51, flag(t.capital), t.upos, uint32(t.class))
	f.add(52, t.lemma, v.kids(t.head)&frame)
	f.add(53, t.lemma, t.kids>>31, v.kind(t.subject))
	f.add(54, t.lemma, v.lemmaAt(t.object))
	return f
}

func (v *view) kids(i int32) uint32 {
	if i < 0 {
		return 0
	}
	return v.tokens[i].kids
}

func (v *view) markOf(i int32) uint32 {
	if i < 0 {
		return 0
	}
	return v.tokens[i].mark
}

// frame are the children by which a verb shows how it takes what was said.
const frame = 1<<0 | 1<<1 | 1<<2 | 1<<3 | 1<<4 | 1<<6 | 1<<7 | 1<<10 | 1<<31
