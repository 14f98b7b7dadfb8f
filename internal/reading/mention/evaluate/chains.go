package main

import (
	"fmt"

	"readout/internal/language"
	"readout/internal/reading/mention/gum"
)

// tally counts what became of the words of one sort.
type tally struct {
	// gold are those that the corpus gives an antecedent before them that a finder can
	// need: a person, a body or a place.
	gold int
	// right are resolved to words of the same chain, wrong to others.
	right, wrong int
}

// sorts are the words measured, in the order of printing.
var sorts = []string{"he", "she", "it", "they", "his/her", "its", "their", "him/them", "the ..."}

// sortOf gives the sort of a token, empty for any other word.
func sortOf(d *language.Document, i int) string {
	switch w := d.Tokens[i].Lower; w {
	case "he", "she", "it", "they", "its", "their":
		if w == "it" && d.Tokens[i].Rel.Base() != language.RelNsubj {
			return ""
		}
		return w
	case "his":
		return "his/her"
	case "her":
		if d.Tokens[i].Rel == language.RelNmodPoss {
			return "his/her"
		}
		return "him/them"
	case "him", "them":
		return "him/them"
	}
	if c := d.Child(i, language.RelDet); c >= 0 && d.Tokens[c].Lower == "the" && d.Tokens[i].UPOS == language.NOUN {
		return "the ..."
	}
	return ""
}

var actors = map[string]bool{"person": true, "organization": true, "place": true}

// chains compares the mentions with the chains of the corpus and prints a table.
func chains(documents []gum.Document, show bool) {
	counts := map[string]*tally{}
	for _, s := range sorts {
		counts[s] = &tally{}
	}
	for k := range documents {
		measure(&documents[k], counts, show)
	}
	fmt.Printf("%-10s %6s %6s %6s %6s %6s %6s\n", "GUM", "gold", "right", "wrong", "P", "R", "F1")
	for _, s := range sorts {
		c := counts[s]
		p, r := share(c.right, c.right+c.wrong), share(c.right, c.gold)
		fmt.Printf("%-10s %6d %6d %6d %6.1f %6.1f %6.1f\n", s, c.gold, c.right, c.wrong, p, r, 2*p*r/max(p+r, 1e-9))
	}
}

func share(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func measure(d *gum.Document, counts map[string]*tally, show bool) {
	seen := map[int]bool{}
	at := map[int]*language.Mention{}
	for i := range d.Mentions {
		at[head(d.Document, d.Mentions[i].Range)] = &d.Mentions[i]
	}
	for i := range d.Tokens {
		chain, marked := d.Chain[i]
		if sort := sortOf(d.Document, i); sort != "" {
			c := counts[sort]
			if marked && seen[chain] && actors[d.Kind[i]] {
				c.gold++
			}
			answer(d, i, at[i], c, show)
		}
		if marked {
			seen[chain] = true
		}
	}
}

// answer counts what a mention resolves to: the last words before it that stand for the
// same actor have to be of the same chain.
func answer(d *gum.Document, i int, m *language.Mention, c *tally, show bool) {
	if m == nil || m.Actor.Name == "" {
		return
	}
	for k := len(d.Mentions) - 1; k >= 0; k-- {
		x := &d.Mentions[k]
		if x.Start >= m.Start || x.Pronoun || x.Actor.Name != m.Actor.Name {
			continue
		}
		chain, marked := d.Chain[head(d.Document, x.Range)]
		own, ok := d.Chain[i]
		if marked && ok && chain == own {
			c.right++
			return
		}
		c.wrong++
		if show {
			s := d.Sentences[d.SentenceOf(i)]
			fmt.Printf("  %s: %q = %s in: %s\n", d.Name, d.Words(m.Range), m.Actor.Name, d.Words(s.Range))
		}
		return
	}
}

// head gives the token of a stretch that depends on none within it.
func head(d *language.Document, r language.Range) int {
	first, last := d.Bounds(r)
	for i := first; i < last; i++ {
		if h := d.Tokens[i].Head; h < first || h >= last {
			return i
		}
	}
	return first
}
