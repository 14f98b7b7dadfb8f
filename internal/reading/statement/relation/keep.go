package relation

import (
	"sort"

	"readout/internal/language"
)

// Threshold is the score from which on a relation is kept: in cross-validation it gives
// the best balance of what is missed and what is false.
const Threshold = -180

// Find gives the relations of some tokens, in the order of their cues.
func (f *Finder) Find(d *language.Document, w Stretch) []Relation {
	return Keep(f.Rank(f.Offer(d, w)), Threshold)
}

// Rank scores possible relations.
func (f *Finder) Rank(offered []Relation) []Relation {
	for i := range offered {
		offered[i].Score = f.models.Trees.Score(&offered[i].Facts)
	}
	return offered
}

// Keep drops what scores too low, and of relations that exclude each other all but the
// one that scores best.
func Keep(offered []Relation, threshold int32) []Relation {
	order := make([]int, 0, len(offered))
	for i := range offered {
		if offered[i].Score >= threshold {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return offered[order[i]].Score > offered[order[j]].Score })
	var kept []Relation
	for _, i := range order {
		if !excluded(&offered[i], kept) {
			kept = append(kept, offered[i])
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Cue.From < kept[j].Cue.From })
	part(kept)
	return kept
}

// neighbours is how many relations on either side one is compared with.
const neighbours = 12

// part gives what two relations both hold, as in
//
//	"We wait," Ada Reen said. "We are ready," Pell Oran said.
//
// to the one that holds nothing else. A relation inside the content of another keeps all.
func part(kept []Relation) {
	for i := range kept {
		for j := max(0, i-neighbours); j < min(len(kept), i+neighbours+1); j++ {
			if a, b := &kept[i], &kept[j]; i != j && !a.holds(b.Cue) && !b.holds(a.Cue) {
				a.yield(b)
			}
		}
	}
}

// yield drops the parts of the content that another relation holds too, as long as
// something is left.
func (r *Relation) yield(to *Relation) {
	var left []Stretch
	for _, c := range r.Content {
		if !to.holds(c) {
			left = append(left, c)
		}
	}
	if len(left) > 0 {
		r.Content = left
	}
}

// rivals is how many relations are held against a further one; those of one paragraph are
// seldom more than ten.
const rivals = 200

func excluded(r *Relation, kept []Relation) bool {
	for i := range kept[max(0, len(kept)-rivals):] {
		k := &kept[max(0, len(kept)-rivals)+i]
		if k.Cue.Overlaps(r.Cue) || shared(r.Content, k.Content) {
			return true
		}
	}
	return false
}

// shared says whether two contents are mostly the same tokens.
func shared(a, b []Stretch) bool {
	both, all := 0, 0
	for _, x := range a {
		all += x.Len()
		for _, y := range b {
			both += max(min(x.To, y.To)-max(x.From, y.From), 0)
		}
	}
	for _, y := range b {
		all += y.Len()
	}
	return 100*both > sameShare*(all-both)
}

// sameShare is the share of tokens, in per cent, from which on two contents are one.
const sameShare = 60
