// Command train learns the trained layers of internal/language from the treebanks and the
// plain text of the corpora beside the repository, and writes them into its folder. It
// takes nothing but these and fixed seeds: the same data on the same kind of machine give
// the same files to the byte.
package main

import (
	"bytes"
	"encoding/gob"
	"flag"
	"fmt"
	"os"

	"readout/internal/language/net"
	"readout/internal/language/treebank"
)

// version names the network in its file. Change it with every change that gives another.
const version = "1"

func main() {
	t := trainer{}
	var only string
	flag.StringVar(&t.shared, "shared", "../shared", "the folder that holds treebank and corpora")
	flag.StringVar(&t.folder, "folder", "internal/language", "the folder to write into")
	flag.StringVar(&t.keep, "keep", "", "file for the weights as trained, to go on from")
	flag.StringVar(&t.start, "start", "", "file of weights as trained: leave the first stage out")
	flag.Float64Var(&t.epochs, "epochs", 24, "how often the treebanks are read in the first stage")
	flag.Float64Var(&t.silver, "silver", 0, "how often they are read in the second, with as much labelled text")
	flag.BoolVar(&t.plain, "plain", false, "leave the labelled text out of the second stage")
	flag.Uint64Var(&t.seed, "seed", 1, "of chance")
	flag.StringVar(&only, "only", "", "learn one of boundaries, lemmas, network")
	flag.Parse()
	if err := t.run(only); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// trainer holds what was asked for.
type trainer struct {
	shared, folder, keep, start string
	epochs, silver              float64
	seed                        uint64
	plain                       bool
}

func read(shared string, names ...string) (all []treebank.Sentence, err error) {
	for _, n := range names {
		s, err := treebank.Read(shared + "/treebank/" + n + ".conllu.gz")
		if err != nil {
			return nil, err
		}
		all = append(all, s...)
	}
	return all, nil
}

func (t *trainer) run(only string) error {
	bank, err := read(t.shared, "ewt-train", "gum-train")
	if err != nil {
		return err
	}
	if only == "" || only == "boundaries" {
		if err := t.write("boundary.model", boundaryWeights(bank)); err != nil {
			return err
		}
	}
	if only == "" || only == "lemmas" {
		if err := t.write("lemmas.tsv", []byte(lemmaRules(bank))); err != nil {
			return err
		}
	}
	if only == "" || only == "network" {
		return t.network(bank)
	}
	return nil
}

func (t *trainer) write(name string, data []byte) error {
	return os.WriteFile(t.folder+"/"+name, data, 0o644)
}

// network trains the network in two stages: on the treebanks; and then, from there, on
// the treebanks and on as much news that the first stage has labelled.
func (t *trainer) network(bank []treebank.Sentence) error {
	n, words, raw, err := t.begin(bank)
	if err != nil {
		return err
	}
	fmt.Println(len(words.names), "words,", len(raw.names), "vectors")
	c := course{gold: numbers(bank, words, raw), seed: t.seed, dev: map[string][]sentence{}}
	for _, name := range devParts {
		s, err := read(t.shared, name)
		if err != nil {
			return err
		}
		c.dev[name] = numbers(s, words, raw)
	}
	if t.start == "" {
		c.train(n, t.epochs, 0.002)
		if err := n.save(t.keep, words, raw); err != nil {
			return err
		}
	}
	if t.silver > 0 {
		if !t.plain {
			m, err := n.rounded(words, raw)
			if err != nil {
				return err
			}
			if c.silver, err = silver(t.shared, m, words, raw); err != nil {
				return err
			}
		}
		c.seed++
		c.train(n, t.silver, 0.001)
		if t.keep != "" {
			if err := n.save(t.keep+".2", words, raw); err != nil {
				return err
			}
		}
	}
	var out bytes.Buffer
	if err := quantise(n.full(words, raw), version).Write(&out); err != nil {
		return err
	}
	return t.write("network.model", out.Bytes())
}

// rounded gives the network as it will be read.
func (n *network) rounded(words, raw *lexicon) (*net.Model, error) {
	var out bytes.Buffer
	if err := quantise(n.full(words, raw), version).Write(&out); err != nil {
		return nil, err
	}
	return net.Load(out.Bytes())
}

// full is the network with all its weights, as it was trained.
type full struct {
	Words, Raw []string
	Vectors    []float32
	Weights    map[string][]float32
}

func (n *network) full(words, raw *lexicon) *full {
	x := &full{Words: words.names, Raw: raw.names, Vectors: n.vectors, Weights: map[string][]float32{}}
	for _, p := range n.params() {
		x.Weights[p.Name] = p.W
	}
	return x
}

// save keeps the weights as trained; without a path it does nothing.
func (n *network) save(path string, words, raw *lexicon) error {
	if path == "" {
		return nil
	}
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(n.full(words, raw)); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

// begin makes the network that training goes on from: a new one with new vectors, or that
// of a file.
func (t *trainer) begin(bank []treebank.Sentence) (n *network, words, raw *lexicon, err error) {
	if t.start != "" {
		return restore(t.start, countWords(bank))
	}
	words = newLexicon(countWords(bank), leastWords)
	text, err := vectorText(t.shared, bank)
	if err != nil {
		return nil, nil, nil, err
	}
	raw, vectors := learnVectors(text)
	return newNetwork(len(words.names), vectors, t.seed), words, raw, nil
}

// restore makes the network of a file.
func restore(path string, count map[string]int) (n *network, words, raw *lexicon, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, err
	}
	defer f.Close()
	var x full
	if err := gob.NewDecoder(f).Decode(&x); err != nil {
		return nil, nil, nil, fmt.Errorf("read weights %s: %w", path, err)
	}
	n = newNetwork(len(x.Words), x.Vectors, 1)
	for _, p := range n.params() {
		if len(x.Weights[p.Name]) != len(p.W) {
			return nil, nil, nil, fmt.Errorf("read weights %s: %s has another size", path, p.Name)
		}
		copy(p.W, x.Weights[p.Name])
	}
	return n, lexiconOf(x.Words, count), lexiconOf(x.Raw, count), nil
}
