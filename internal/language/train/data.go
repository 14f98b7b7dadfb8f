package main

import (
	"math/rand/v2"
	"sort"
	"strings"

	"readout/internal/language"
	"readout/internal/language/net"
	"readout/internal/language/net/learn"
	"readout/internal/language/treebank"
)

// word is a word of a sentence in numbers.
type word struct {
	id, vector      int32
	affix           [net.Affixes]int32
	upos, xpos, rel int32
	head            int32
	rare            float32 // how likely it is to be taken for unknown
}

type sentence []word

// lexicon lists the words that have a row of their own; row 0 is for all others.
type lexicon struct {
	names []string
	ids   map[string]int32
	count []int
}

// leastWords is how often a word of the treebanks has to occur to have a row.
const leastWords = 2

func newLexicon(count map[string]int, least int) *lexicon {
	l := &lexicon{names: []string{""}}
	for name, n := range count {
		if n >= least {
			l.names = append(l.names, name)
		}
	}
	sort.Strings(l.names)
	return lexiconOf(l.names, count)
}

// lexiconOf lists words in the order of their rows, the first being nobody's.
func lexiconOf(names []string, count map[string]int) *lexicon {
	l := &lexicon{names: names, ids: map[string]int32{}, count: make([]int, len(names))}
	for i, name := range names[1:] {
		l.ids[name] = int32(i + 1)
		l.count[i+1] = count[name]
	}
	return l
}

func countWords(sentences []treebank.Sentence) map[string]int {
	count := map[string]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			count[net.Normal(strings.ToLower(w.Form))]++
		}
	}
	return count
}

// numbers turns annotated sentences into numbers.
func numbers(all []treebank.Sentence, words, raw *lexicon) []sentence {
	out := make([]sentence, len(all))
	for k, s := range all {
		for _, w := range s.Words {
			x := number(w.Form, words, raw)
			x.head = int32(w.Head)
			x.upos, x.xpos, x.rel = language.Labels(w.UPOS, w.XPOS, w.Rel)
			out[k] = append(out[k], x)
		}
	}
	return out
}

// number gives a word by its form, without labels.
func number(form string, words, raw *lexicon) word {
	normal := net.Normal(strings.ToLower(form))
	x := word{id: words.ids[normal], vector: -1, affix: net.Hashes(form, normal)}
	if v, ok := raw.ids[normal]; ok {
		x.vector = v
	}
	if x.id > 0 {
		x.rare = 0.25 / (0.25 + float32(words.count[x.id]))
	}
	return x
}

// batch is some sentences of like length. The words at one place of all of them stand
// together; words is nil where a sentence has ended.
type batch struct {
	learn.Steps
	count int
	words []*word
	ids   []int32
	of    []int // which sentences
}

func newBatch(all []sentence, of []int) *batch {
	lens := make([]int, len(of))
	b := &batch{of: of}
	for k, i := range of {
		lens[k] = len(all[i])
		b.count += len(all[i])
	}
	b.Steps = *learn.NewSteps(lens)
	b.words, b.ids = make([]*word, b.Rows), make([]int32, b.Rows)
	for k, i := range of {
		for t := range all[i] {
			b.words[t*b.B+k], b.ids[t*b.B+k] = &all[i][t], all[i][t].id
		}
	}
	return b
}

// hide takes words for unknown, the rarer the more often.
func (b *batch) hide(r *rand.Rand) {
	for i, w := range b.words {
		if w != nil {
			b.ids[i] = w.id
			if w.rare > 0 && r.Float32() < w.rare {
				b.ids[i] = 0
			}
		}
	}
}

// batches cuts sentences into batches of some number of words, those of like length
// together, in random order.
func batches(all []sentence, words int, r *rand.Rand) [][]int {
	order := r.Perm(len(all))
	sort.SliceStable(order, func(i, j int) bool { return len(all[order[i]]) < len(all[order[j]]) })
	var out [][]int
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && (to+1-from)*len(all[order[to]]) <= words {
			to++
		}
		out = append(out, order[from:to])
		from = to
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}
