package relation

import "readout/internal/language"

// unlikely is the logarithm of the probability below which the parse is asked for a speaker
// instead: 0.02.
const unlikely = -1000

// complete gives a relation a speaker that the chain was not sure of: the most probable
// one, else the subject of the cue.
func (f *Finder) complete(r *Relation, speaker Stretch, log int32) {
	r.Facts[factCompleted] = 1
	if log > unlikely && !f.taken(r, speaker) {
		r.Speaker = speaker
		return
	}
	v := f.view
	if s := v.tokens[f.lens.head].subject; s >= 0 {
		if p := f.phrase(int(s)); !f.taken(r, p) {
			r.Speaker = p
		}
	}
}

// taken says whether a stretch is a part of the cue or of the content.
func (f *Finder) taken(r *Relation, s Stretch) bool {
	for _, c := range r.Content {
		if c.Overlaps(s) {
			return true
		}
	}
	return s.Overlaps(r.Cue)
}

// phrase gives a noun with what belongs to it, without clauses.
func (f *Finder) phrase(i int) Stretch {
	v := f.view
	from, to := i, i+1
	belongs := func(k int) bool {
		t := &v.tokens[k]
		for at, n := k, 0; n < 6 && at >= 0; n++ {
			if at == i {
				return true
			}
			switch v.tokens[at].base {
			case language.RelAcl, language.RelAppos, language.RelParataxis, language.RelPunct:
				return false
			}
			at = int(v.tokens[at].head)
		}
		return t.head == int32(i)
	}
	for from > 0 && i-from < 12 && belongs(from-1) {
		from--
	}
	for to < len(v.tokens) && to-i < 12 && belongs(to) {
		to++
	}
	return f.shift(from, to)
}
