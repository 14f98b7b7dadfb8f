// Command train trains the network of internal/language and writes it into its folder.
package main

import (
	"bytes"
	"encoding/gob"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"time"

	"readout/internal/language/treebank"
)

func main() {
	shared := flag.String("shared", "../shared", "the folder that holds treebank and corpora")
	epochs := flag.Float64("epochs", 25, "how often the sentences are read")
	seed := flag.Uint64("seed", 1, "of chance")
	out := flag.String("out", "", "file for the weights in full")
	part := flag.Int("part", 1, "train on one sentence of so many")
	vec := flag.Bool("vectors", true, "learn vectors from plain text")
	from := flag.String("from", "", "round the weights of a file instead of training")
	to := flag.String("to", "internal/language/network.model", "file for the rounded network")
	ends := flag.String("boundaries", "", "learn where sentences end alone, into a file")
	lemmas := flag.String("lemmas", "", "learn the rules of lemmas alone, into a file")
	flag.Parse()
	if *ends != "" {
		if err := writeBoundaries(*shared, *ends); err != nil {
			fmt.Fprintln(os.Stderr, "train:", err)
			os.Exit(1)
		}
		return
	}
	if *lemmas != "" {
		if err := writeLemmas(*shared, *lemmas); err != nil {
			fmt.Fprintln(os.Stderr, "train:", err)
			os.Exit(1)
		}
		return
	}
	if *from != "" {
		if err := round(*from, *to); err != nil {
			fmt.Fprintln(os.Stderr, "train:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*shared, *out, *epochs, *seed, *part, *vec); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
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

// round writes the rounded network of the weights of a file.
func round(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	var x full
	if err := gob.NewDecoder(f).Decode(&x); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := quantise(&x, "1").Write(&out); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}

const (
	rate       = 0.002
	batchWords = 400
)

func run(shared, out string, epochs float64, seed uint64, part int, vec bool) error {
	bank, err := read(shared, "ewt-train", "gum-train")
	if err != nil {
		return err
	}
	start := time.Now()
	words := newLexicon(countWords(bank), 2)
	raw, vectors := &lexicon{names: []string{""}, ids: map[string]int32{}}, make([]float32, 64)
	if vec {
		text, err := sentencesOf(shared, bank)
		if err != nil {
			return err
		}
		raw, vectors = learnVectors(text)
		fmt.Printf("%d vectors after %v\n", len(raw.names), time.Since(start).Round(time.Second))
		for _, w := range []string{"said", "president", "quickly", "paris", "0000"} {
			fmt.Println(w, near(raw, vectors, w))
		}
	}
	all := numbers(bank, words, raw)
	if part > 1 {
		var some []sentence
		for i := 0; i < len(all); i += part {
			some = append(some, all[i])
		}
		all = some
	}
	dev := map[string][]sentence{}
	for _, name := range []string{"ewt-dev", "gum-dev"} {
		s, err := read(shared, name)
		if err != nil {
			return err
		}
		dev[name] = numbers(s, words, raw)
	}
	n := newNetwork(len(words.names), vectors, seed)
	fmt.Println(len(words.names), "words,", len(all), "sentences")
	n.train(all, epochs, rand.New(rand.NewPCG(seed, 2)), func(epoch int, loss float64) {
		fmt.Printf("%2d  loss %.4f  %v", epoch, loss, time.Since(start).Round(time.Second))
		if epoch%3 == 0 || float64(epoch) >= epochs {
			for _, name := range []string{"ewt-dev", "gum-dev"} {
				fmt.Printf("  %s %s", name, n.measure(dev[name]))
			}
			if out != "" {
				if err := n.save(out, words, raw); err != nil {
					fmt.Println(err)
				}
			}
		}
		fmt.Println()
	})
	return nil
}

// train goes over the sentences some times; the rate falls to nothing on the way.
func (n *network) train(all []sentence, epochs float64, r *rand.Rand, told func(int, float64)) {
	per := len(batches(all, batchWords, rand.New(rand.NewPCG(1, 1))))
	steps := int(epochs * float64(per))
	params := n.params()
	step := 0
	for epoch := 1; step < steps; epoch++ {
		var loss float64
		order := batches(all, batchWords, r)
		for _, of := range order {
			b := newBatch(all, of)
			b.hide(r)
			loss += n.learn(b)
			var sum float64
			for _, p := range params {
				sum += p.norm()
			}
			scale := float32(min(1, 2/math.Sqrt(sum+1e-12)))
			now := float32(rate * min(1, float64(step+1)/500) * max(0.005, 1-float64(step)/float64(steps)))
			for _, p := range params {
				p.step(now, scale)
			}
			step++
		}
		told(epoch, loss/float64(len(order)))
	}
}
