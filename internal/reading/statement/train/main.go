// Command train teaches the chains and trees of internal/reading/statement/relation who
// said what, from PolNeAR, and writes them into its folder.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"readout/internal/reading/statement/relation"
)

type settings struct {
	net    netSettings
	folds  int
	trees  int
	part   int
	dev    bool
	keep   string
	out    string
	shared string
}

func main() {
	var s settings
	flag.StringVar(&s.shared, "shared", "../shared", "the folder that holds the corpora")
	flag.StringVar(&s.out, "out", "internal/reading/statement/relation.model", "the file to write; empty writes none")
	flag.IntVar(&s.folds, "folds", 3, "parts of the train articles for cross-validation")
	flag.IntVar(&s.trees, "trees", 250, "decision trees")
	flag.IntVar(&s.part, "part", 1, "use one article of so many")
	flag.BoolVar(&s.dev, "dev", true, "measure on the dev part")
	flag.Float64Var(&s.net.epochs, "netepochs", 5, "rounds of the network")
	flag.Float64Var(&s.net.rate, "netrate", 0.002, "its rate")
	flag.IntVar(&s.net.drop, "netdrop", 85, "of 256, what is dropped")
	flag.IntVar(&s.net.batchWords, "networds", 500, "words of a batch")
	flag.Uint64Var(&s.net.seed, "netseed", 1, "of chance")
	flag.StringVar(&s.keep, "keep", "", "folder that the networks are kept in and taken from, to try what follows")
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
	corpus, err := read(s.shared + "/corpora/polnear/train.jsonl")
	if err != nil {
		return err
	}
	var all []*article
	for i := 0; i < len(corpus); i += s.part {
		all = append(all, &corpus[i])
	}
	tell("%d articles read", len(all))
	folds := make([][]*article, s.folds)
	for i, a := range all {
		folds[i%s.folds] = append(folds[i%s.folds], a)
	}
	examples := make([][]*example, s.folds)
	for k := range folds {
		examples[k] = examplesOf(folds[k])
	}
	nets := make([]*relation.Network, s.folds+1)
	for k := range nets {
		if nets[k], err = s.teachNet(examples, k); err != nil {
			return err
		}
	}
	tell("networks")
	offers := make([][]offer, s.folds)
	part := make([]*relation.Models, s.folds)
	for k := range folds {
		part[k] = &relation.Models{Net: nets[k]}
		offers[k] = offersOf(folds[k], part[k])
	}
	trees := s.grow(slices.Concat(offers...))
	tell("trees grown")
	models := &relation.Models{Net: nets[s.folds], Trees: trees}
	s.crossValidate(offers, folds, part)
	if s.dev {
		dev, err := read(s.shared + "/corpora/polnear/dev.jsonl")
		if err != nil {
			return err
		}
		var list []*article
		for i := range dev {
			list = append(list, &dev[i])
		}
		report("dev", list, func(int) *relation.Models { return models })
	}
	if s.out == "" {
		return nil
	}
	b := models.Append(nil)
	tell("%d bytes", len(b))
	return os.WriteFile(s.out, b, 0o644)
}

// teachNet fits the network on all folds but one, or takes what was kept.
func (s *settings) teachNet(examples [][]*example, without int) (*relation.Network, error) {
	name := fmt.Sprintf("%s/%d.net", s.keep, without)
	if s.keep != "" {
		if b, err := os.ReadFile(name); err == nil {
			f, err := relation.ReadNetwork(b)
			return relation.NewNetwork(f), err
		}
	}
	var train []*example
	for k := range examples {
		if k != without {
			train = append(train, examples[k]...)
		}
	}
	n := teachNetwork(train, s.net)
	if without < len(examples) {
		n.reportCues(examples[without])
	}
	f := n.file()
	if s.keep != "" {
		if err := os.WriteFile(name, f.Append(nil), 0o644); err != nil {
			return nil, err
		}
	}
	return relation.NewNetwork(f), nil
}

// crossValidate measures on every fold the models that have not seen it.
func (s *settings) crossValidate(offers [][]offer, folds [][]*article, part []*relation.Models) {
	models := map[int]*relation.Models{}
	var list []*article
	var fold []int
	for k := range folds {
		trees := s.grow(slices.Concat(slices.Delete(slices.Clone(offers), k, k+1)...))
		models[k] = &relation.Models{Net: part[k].Net, Trees: trees}
		for _, a := range folds[k] {
			list, fold = append(list, a), append(fold, k)
		}
	}
	report("folds", list, func(i int) *relation.Models { return models[fold[i]] })
}
