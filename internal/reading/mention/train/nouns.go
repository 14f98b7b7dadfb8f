package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"readout/internal/language"
	"readout/internal/language/treebank"
	"readout/internal/language/wordvector"
	"readout/internal/reading/mention/gum"
)

// kinds are what a noun may stand for; the last is everything else.
var kinds = []string{"person", "organization", "place", "thing"}

const (
	width = wordvector.Width
	// sure is how probable a kind has to be for a noun to be listed.
	sure = 0.5
	// seen is how often a noun has to occur.
	seen = 2
)

// nouns writes which nouns stand for persons, for bodies and for places: a linear model
// over the vectors of words learns it from the nouns of GUM, and tells it of the others.
func (s settings) nouns() error {
	counts, err := s.countNouns()
	if err != nil {
		return err
	}
	marked, err := s.markedNouns()
	if err != nil {
		return err
	}
	vectors, err := readVectors(s.vectors, func(w string) bool { return counts[w] >= seen || marked[w] != nil })
	if err != nil {
		return err
	}
	w := learnKinds(marked, vectors)
	lists := make([][]string, len(kinds))
	for word, v := range vectors {
		if p, k := likeliest(w, v); p >= sure && counts[word] >= seen {
			lists[k] = append(lists[k], word)
		}
	}
	var b strings.Builder
	b.WriteString("# What nouns stand for, as the vectors of words and the nouns of GUM tell: made by train -nouns.\n")
	for k, name := range kinds[:3] {
		slices.Sort(lists[k])
		fmt.Printf("%s: %d nouns\n", name, len(lists[k]))
		fmt.Fprintf(&b, "\n[%s]\n", name)
		line := 0
		for _, word := range lists[k] {
			if line+len(word) > 118 {
				b.WriteByte('\n')
				line = 0
			} else if line > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word)
			line += len(word) + 1
		}
		b.WriteByte('\n')
	}
	return os.WriteFile(s.nounFile, []byte(b.String()), 0o644)
}

// countNouns counts the nouns of the train parts of the treebanks.
func (s settings) countNouns() (map[string]int, error) {
	counts := map[string]int{}
	for _, part := range []string{"gum", "ewt"} {
		all, err := treebank.Read(s.shared + "/treebank/" + part + "-train.conllu.gz")
		if err != nil {
			return nil, err
		}
		for i := range all {
			for _, w := range all[i].Words {
				if w.UPOS == "NOUN" && plain(w.Lemma) {
					counts[w.Lemma]++
				}
			}
		}
	}
	return counts, nil
}

func plain(word string) bool {
	return len(word) > 2 && strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// markedNouns gives how often each noun of GUM stands for each kind.
func (s settings) markedNouns() (map[string][]float64, error) {
	documents, err := gum.Read(s.shared+"/treebank/gum-train.conllu.gz", language.Pipeline{})
	if err != nil {
		return nil, err
	}
	marked := map[string][]float64{}
	for k := range documents {
		d := &documents[k]
		for i := range d.Tokens {
			kind, ok := d.Kind[i]
			if t := &d.Tokens[i]; ok && t.UPOS == language.NOUN && plain(t.Lemma) {
				if marked[t.Lemma] == nil {
					marked[t.Lemma] = make([]float64, len(kinds))
				}
				at := slices.Index(kinds, kind)
				if at < 0 {
					at = len(kinds) - 1
				}
				marked[t.Lemma][at]++
			}
		}
	}
	return marked, nil
}

// learnKinds gives the weights of a log-linear model.
func learnKinds(marked map[string][]float64, vectors map[string][]float64) [][]float64 {
	var list []string
	for word := range marked {
		if vectors[word] != nil {
			list = append(list, word)
		}
	}
	slices.Sort(list)
	w := make([][]float64, len(kinds))
	for k := range w {
		w[k] = make([]float64, width+1)
	}
	for epoch := range 60 {
		rate := 0.05 / (1 + float64(epoch)/10)
		for _, word := range list {
			p := kindsOf(w, vectors[word])
			total := 0.0
			for _, n := range marked[word] {
				total += n
			}
			for k := range w {
				g := (marked[word][k]/total - p[k]) * min(math.Sqrt(total), 4) * rate
				for i, x := range vectors[word] {
					w[k][i] += g*x - 1e-5*w[k][i]
				}
				w[k][width] += g
			}
		}
	}
	return w
}

func kindsOf(w [][]float64, v []float64) []float64 {
	p, total := make([]float64, len(w)), 0.0
	for k := range w {
		p[k] = w[k][width]
		for i, x := range v {
			p[k] += w[k][i] * x
		}
		p[k] = math.Exp(p[k])
		total += p[k]
	}
	for k := range p {
		p[k] /= total
	}
	return p
}

func likeliest(w [][]float64, v []float64) (float64, int) {
	p := kindsOf(w, v)
	best := 0
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
	}
	return p[best], best
}

// readVectors reads those vectors that are wanted.
func readVectors(path string, want func(string) bool) (map[string][]float64, error) {
	out := map[string][]float64{}
	return out, wordvector.Read(path, func(int) bool { return true }, want, func(word string, v []float64) { out[word] = v })
}
