package main

import (
	"fmt"
	"sort"
	"strings"

	"readout/internal/language/net"
	"readout/internal/language/treebank"
)

// script says how a form becomes a lemma: some bytes are cut off its end, an ending is
// added.
type script struct {
	cut int
	add string
}

// typed is a form with its tag.
type typed struct{ tag, form string }

// lemmaTail is the longest ending of which a rule is learnt.
const lemmaTail = 5

// lemmaRules learns for each tag which endings change how: a rule of a longer ending, and
// at last of the whole word, stands where it says other than the shorter ones. Each rule
// is a line: tag, ending ("^" before a whole word), bytes to cut, what to add.
func lemmaRules(bank []treebank.Sentence) string {
	counts := map[typed]map[script]int{}
	for _, s := range bank {
		for _, w := range s.Words {
			form, lemma := net.Normal(strings.ToLower(w.Form)), strings.ToLower(w.Lemma)
			if w.XPOS == "GW" || strings.ContainsAny(form, "0 ") || lemma == "_" {
				continue
			}
			p := 0
			for p < len(form) && p < len(lemma) && form[p] == lemma[p] {
				p++
			}
			key := typed{w.XPOS, form}
			if counts[key] == nil {
				counts[key] = map[script]int{}
			}
			counts[key][script{len(form) - p, lemma[p:]}]++
		}
	}
	words := map[typed]script{}
	tails := map[typed]map[script]int{}
	for key, n := range counts {
		s := most(n)
		words[key] = s
		for k := 0; k <= min(lemmaTail, len(key.form)); k++ {
			tail := typed{key.tag, key.form[len(key.form)-k:]}
			if tails[tail] == nil {
				tails[tail] = map[script]int{}
			}
			if s.cut <= k {
				tails[tail][s]++
			}
		}
	}
	return ruleLines(words, tails)
}

// most gives the script that was seen most often.
func most(n map[script]int) (top script) {
	best := 0
	for s, k := range n {
		if k > best || k == best && (s.cut < top.cut || s.cut == top.cut && s.add < top.add) {
			best, top = k, s
		}
	}
	return top
}

func ruleLines(words map[typed]script, tails map[typed]map[script]int) string {
	keys := make([]typed, 0, len(tails))
	for k := range tails {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i], keys[j]
		if len(a.form) != len(b.form) {
			return len(a.form) < len(b.form)
		}
		return a.tag < b.tag || a.tag == b.tag && a.form < b.form
	})
	rules := map[typed]script{}
	said := func(tag, form string) script {
		for k := min(lemmaTail, len(form)); k >= 0; k-- {
			if s, ok := rules[typed{tag, form[len(form)-k:]}]; ok && s.cut <= len(form) {
				return s
			}
		}
		return script{}
	}
	var lines []string
	add := func(k typed, mark string, s script) {
		lines = append(lines, fmt.Sprintf("%s\t%s%s\t%d\t%s\n", k.tag, mark, k.form, s.cut, s.add))
	}
	for _, k := range keys {
		s := most(tails[k])
		if tails[k][s] >= 2 && s != said(k.tag, k.form) {
			rules[k] = s
			add(k, "", s)
		}
	}
	var whole []typed
	for k, s := range words {
		if s != said(k.tag, k.form) {
			whole = append(whole, k)
		}
	}
	sort.Slice(whole, func(i, j int) bool {
		return whole[i].tag < whole[j].tag || whole[i].tag == whole[j].tag && whole[i].form < whole[j].form
	})
	for _, k := range whole {
		add(k, "^", words[k])
	}
	return strings.Join(lines, "")
}
