// Command evaluate measures the layer of names on the dev part of GUM, with the tokens and
// sentences of the treebank and our own tags and parse.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"readout/internal/language"
	"readout/internal/language/name"
	"readout/internal/language/name/gold"
	"readout/internal/language/treebank"
)

func main() {
	shared := flag.String("shared", "../shared", "the folder that holds the treebank")
	part := flag.String("part", "dev", "the part to measure on")
	show := flag.Bool("show", false, "print what is missed and what is false")
	flag.Parse()
	bank, err := treebank.Read(*shared + "/treebank/gum-" + *part + ".conllu.gz")
	if err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
	var all, news gold.Score
	documents := gold.Documents(bank)
	for i := range documents {
		d := &documents[i]
		language.Pipeline{language.Syntax{}, name.Annotator{}}.Annotate(d.Document)
		all.Add(d)
		if strings.HasPrefix(d.ID, "GUM_news") {
			news.Add(d)
		}
		if *show {
			differ(d)
		}
	}
	fmt.Printf("GUM %s, %d documents\n%v\nnews alone\n%v", *part, len(documents), &all, &news)
}

// differ prints where the names that were found are not those of the treebank.
func differ(d *gold.Document) {
	type entry struct {
		first, last int
		kind        language.NameType
	}
	words := func(first, last int) string {
		s := &d.Sentences[d.SentenceOf(first)]
		from, to := max(s.First, first-4), min(s.Last, last+4)
		return strings.Join([]string{d.Words(language.Range{Start: d.Tokens[from].Start, End: d.Tokens[first].Start}), "[",
			d.Words(language.Range{Start: d.Tokens[first].Start, End: d.Tokens[last-1].End}), "]",
			d.Words(language.Range{Start: d.Tokens[last-1].End, End: d.Tokens[to-1].End})}, "")
	}
	gold, own := map[entry]bool{}, map[entry]bool{}
	for _, n := range d.Names {
		gold[entry{n.First, n.Last, n.Type}] = true
	}
	for _, n := range d.Document.Names {
		own[entry{n.First, n.Last, n.Type}] = true
		if n.Type != language.NumberName && !gold[entry{n.First, n.Last, n.Type}] {
			fmt.Printf("false  %-12v %s\n", n.Type, words(n.First, n.Last))
		}
	}
	for _, n := range d.Names {
		if n.Known && n.Type != language.NoName && !own[entry{n.First, n.Last, n.Type}] {
			fmt.Printf("missed %-12v %s\n", n.Type, words(n.First, n.Last))
		}
	}
}
