// Command train teaches the chains and trees of internal/reading/statement/relation who
// said what, from PolNeAR, and writes them into its folder.
package main

import (
	"encoding/gob"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"slices"
	"time"

	"readout/internal/language/chain"
	"readout/internal/language/chain/learn"
	"readout/internal/reading/statement/relation"
)

type settings struct {
	cueBits, roleBits     int
	cueEpochs, roleEpochs int
	cueRate, roleRate     float64
	cueLeast, roleLeast   int
	folds                 int
	dev                   bool
	part                  int
	trees                 int
	out                   string
	shared                string
	net                   netSettings
	only                  bool
	cache                 string
	mix                   relation.Mix
}

func main() {
	var s settings
	flag.StringVar(&s.shared, "shared", "../shared", "the folder that holds the corpora")
	flag.StringVar(&s.out, "out", "internal/reading/statement/relation.model", "the file to write; empty writes none")
	flag.IntVar(&s.cueBits, "cuebits", 20, "bits of the rows of the first chain")
	flag.IntVar(&s.roleBits, "rolebits", 21, "bits of the rows of the second chain")
	flag.IntVar(&s.cueEpochs, "cueepochs", 5, "rounds of the first chain")
	flag.IntVar(&s.roleEpochs, "roleepochs", 3, "rounds of the second chain")
	flag.Float64Var(&s.cueRate, "cuerate", 0.025, "rate of the first chain")
	flag.Float64Var(&s.roleRate, "rolerate", 0.025, "rate of the second chain")
	flag.IntVar(&s.cueLeast, "cueleast", 1, "features seen less often are left out")
	flag.IntVar(&s.roleLeast, "roleleast", 2, "features seen less often are left out")
	flag.IntVar(&s.folds, "folds", 3, "parts of the train articles for cross-validation")
	flag.IntVar(&s.trees, "trees", 250, "decision trees")
	flag.IntVar(&s.part, "part", 1, "use one article of so many")
	flag.BoolVar(&s.dev, "dev", true, "measure on the dev part")
	flag.Float64Var(&s.net.epochs, "netepochs", 6, "rounds of the network")
	flag.Float64Var(&s.net.rate, "netrate", 0.002, "its rate")
	flag.IntVar(&s.net.drop, "netdrop", 85, "of 256, what is dropped")
	flag.IntVar(&s.net.batchWords, "networds", 500, "words of a batch")
	flag.Uint64Var(&s.net.seed, "netseed", 1, "of chance")
	flag.BoolVar(&s.only, "netonly", false, "try the network")
	flag.StringVar(&s.cache, "cache", "", "prefix")
	flag.Parse()
	s.mix = relation.Mix{Cue: [2]int32{0, 8}, Role: [2]int32{0, 8}}
	if pf := os.Getenv("PROF"); pf != "" {
		f, _ := os.Create(pf)
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
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
		if s.only {
			return nil
		}
	}
	tell("networks")
	offers := make([][]offer, s.folds)
	part := make([]*relation.Models, s.folds)
	for k := range folds {
		part[k] = &relation.Models{Net: nets[k], Mix: s.mix}
		offers[k] = offersOf(folds[k], part[k])
	}
	trees := s.grow(slices.Concat(offers...))
	tell("trees grown")
	models := &relation.Models{Net: nets[s.folds], Mix: s.mix, Trees: trees}
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

// teachNet fits the network on all folds but one.
func (s *settings) teachNet(examples [][]*example, without int) (*relation.Network, error) {
	name := fmt.Sprint(s.cache, without)
	if f, err := os.Open(name); s.cache != "" && err == nil {
		defer f.Close()
		var x relation.NetworkFile
		if err := gob.NewDecoder(f).Decode(&x); err != nil {
			return nil, err
		}
		return relation.NewNetwork(&x), nil
	}
	var train []*example
	for k := range examples {
		if k != without {
			train = append(train, examples[k]...)
		}
	}
	n := teachNetwork(train, s.net, func(n *network, epoch int) {
		if !s.only && epoch < int(s.net.epochs) || without >= len(examples) {
			return
		}
		for _, t := range []float64{0.3, 0.4, 0.5} {
			found, right, gold := n.measureCues(examples[without], t)
			tell("  %.1f: cue %.1f (%.1f/%.1f)", t, f1(right, found, gold), 100*float64(right)/float64(found), 100*float64(right)/float64(gold))
		}
	})
	x := n.file()
	if s.cache != "" {
		f, err := os.Create(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if err := gob.NewEncoder(f).Encode(x); err != nil {
			return nil, err
		}
	}
	return relation.NewNetwork(x), nil
}

func others(folds [][]*article, k int) (out []*article) {
	for i := range folds {
		if i != k {
			out = append(out, folds[i]...)
		}
	}
	return out
}

func (s *settings) teachCues(all []*article) *chain.Model {
	var rare *counter
	if s.cueLeast > 1 {
		rare = newCounter(uint8(s.cueLeast))
		for _, a := range all {
			for _, w := range a.windows {
				rare.add(relation.CueExample(a.doc, w).Features)
			}
		}
	}
	l := learn.New(3, s.cueBits, s.cueRate)
	l.Learn(cueSequences(all, s.cueBits, rare), s.cueEpochs, 1)
	return l.Model()
}

// teachRoles fits the second chain on all folds but one, each with the cues of the model
// that has not seen it.
func (s *settings) teachRoles(folds [][]*article, cues []*chain.Model, without int) *chain.Model {
	rare := newCounter(uint8(s.roleLeast))
	each := func(do func(k int, f *relation.Finder)) {
		for k := range folds {
			if k != without {
				do(k, relation.NewFinder(&relation.Models{Cue: cues[k]}))
			}
		}
	}
	if s.roleLeast > 1 {
		each(func(k int, f *relation.Finder) {
			for _, a := range folds[k] {
				for _, w := range a.windows {
					_, examples := f.Cues(a.doc, w, nil)
					for _, e := range examples {
						rare.add(e.Features)
					}
				}
			}
		})
	} else {
		rare = nil
	}
	var sequences []learn.Sequence
	each(func(k int, f *relation.Finder) {
		sequences = append(sequences, roleSequences(folds[k], f, s.roleBits, rare)...)
	})
	l := learn.New(5, s.roleBits, s.roleRate)
	l.Learn(sequences, s.roleEpochs, 2)
	return l.Model()
}

// crossValidate measures on every fold the models that have not seen it.
func (s *settings) crossValidate(offers [][]offer, folds [][]*article, part []*relation.Models) {
	models := map[int]*relation.Models{}
	var list []*article
	var fold []int
	for k := range folds {
		trees := s.grow(slices.Concat(slices.Delete(slices.Clone(offers), k, k+1)...))
		models[k] = &relation.Models{Cue: part[k].Cue, Role: part[k].Role, Net: part[k].Net, Mix: s.mix, Trees: trees}
		for _, a := range folds[k] {
			list, fold = append(list, a), append(fold, k)
		}
	}
	report("folds", list, func(i int) *relation.Models { return models[fold[i]] })
}
