package main

import (
	"fmt"
	"sort"

	"readout/internal/language"
	"readout/internal/reading/statement/relation"
)

// words gives the words of some stretches; marks never count.
func (a *article) words(parts []relation.Stretch) map[int]bool {
	out := map[int]bool{}
	for _, p := range parts {
		for i := p.From; i < p.To; i++ {
			if a.doc.Tokens[i].Kind != language.Mark {
				out[i] = true
			}
		}
	}
	return out
}

func jaccard(a, b map[int]bool) float64 {
	both := 0
	for i := range a {
		if b[i] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// agree says whether a relation has most of the content of one of the gold, and its
// speaker.
func (a *article) agree(g *gold, r *relation.Relation) bool {
	return jaccard(a.words(g.content), a.words(r.Content)) >= 0.5 && spoken(g, r)
}

func spoken(g *gold, r *relation.Relation) bool {
	for _, s := range g.speaker {
		if s.Overlaps(r.Speaker) {
			return true
		}
	}
	return len(g.speaker) == 0
}

// counts are what the figures are made of.
type counts struct {
	gold, found, half, attributed, exact   int
	cues, cuesFound, cuesRight             int
	speakers, speakersFound, speakersRight int
}

func f1(right, found, gold int) float64 {
	if right == 0 {
		return 0
	}
	return 200 * float64(right) / float64(found+gold)
}

func (c *counts) String() string {
	return fmt.Sprintf("attributed %.1f (%.1f/%.1f)  half %.1f  exact %.1f  cue %.1f  speaker %.1f",
		f1(c.attributed, c.found, c.gold), 100*float64(c.attributed)/float64(max(c.found, 1)), 100*float64(c.attributed)/float64(max(c.gold, 1)),
		f1(c.half, c.found, c.gold), f1(c.exact, c.found, c.gold), f1(c.cuesRight, c.cuesFound, c.cues), f1(c.speakersRight, c.speakersFound, c.speakers))
}

// add holds the relations of an article against the gold.
func (c *counts) add(a *article, found []relation.Relation) {
	type pair struct {
		g, r  int
		score float64
	}
	var pairs []pair
	goldWords := make([]map[int]bool, len(a.gold))
	for i := range a.gold {
		goldWords[i] = a.words(a.gold[i].content)
	}
	for j := range found {
		w := a.words(found[j].Content)
		for i := range a.gold {
			if s := jaccard(goldWords[i], w); s > 0 {
				pairs = append(pairs, pair{i, j, s})
			}
		}
	}
	sort.SliceStable(pairs, func(i, j int) bool { return pairs[i].score > pairs[j].score })
	usedG, usedR := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		if usedG[p.g] || usedR[p.r] {
			continue
		}
		usedG[p.g], usedR[p.r] = true, true
		if p.score == 1 {
			c.exact++
		}
		if p.score >= 0.5 {
			c.half++
			if spoken(&a.gold[p.g], &found[p.r]) {
				c.attributed++
			}
		}
	}
	c.gold += len(a.gold)
	c.found += len(found)
	goldCues, goldSpeakers, cues, speakers := map[relation.Stretch]bool{}, map[relation.Stretch]bool{}, map[relation.Stretch]bool{}, map[relation.Stretch]bool{}
	for i := range a.gold {
		goldCues[a.gold[i].whole()] = true
		for _, s := range a.gold[i].speaker {
			goldSpeakers[s] = true
		}
	}
	for i := range found {
		cues[found[i].Cue] = true
		if found[i].Speaker.Len() > 0 {
			speakers[found[i].Speaker] = true
		}
	}
	for s := range cues {
		if goldCues[s] {
			c.cuesRight++
		}
	}
	for s := range speakers {
		if goldSpeakers[s] {
			c.speakersRight++
		}
	}
	c.cues, c.cuesFound = c.cues+len(goldCues), c.cuesFound+len(cues)
	c.speakers, c.speakersFound = c.speakers+len(goldSpeakers), c.speakersFound+len(speakers)
}

// report measures the models on some articles.
func report(name string, all []*article, of func(i int) *relation.Models) {
	for _, threshold := range []int32{-250, -180, -110, -50, 0} {
		var c counts
		var f *relation.Finder
		var m *relation.Models
		for i, a := range all {
			if of(i) != m {
				m = of(i)
				f = relation.NewFinder(m)
			}
			var found []relation.Relation
			for _, w := range a.windows {
				found = append(found, relation.Keep(f.Rank(f.Offer(a.doc, w)), threshold)...)
			}
			c.add(a, found)
		}
		tell("%s %5d  %v", name, threshold, &c)
	}
}
