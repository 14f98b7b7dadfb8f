// Command evaluate measures who the words stand for: pronouns and bare names of offices
// and bodies against the chains of GUM, names of speakers and of those who set, deny and
// impose against the annotated articles.
package main

import (
	"flag"
	"fmt"
	"os"

	"readout/internal/language"
	"readout/internal/reading/mention"
	"readout/internal/reading/mention/gum"
	"readout/internal/reading/quotation"
)

func main() {
	shared := flag.String("shared", "../shared", "the folder that holds treebank and corpora")
	part := flag.String("part", "dev", "the part of GUM: dev or train")
	show := flag.Bool("show", false, "list what is wrong")
	flag.Parse()
	if err := run(*shared, *part, *show); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate: the corpora stand beside the repository:", err)
		os.Exit(1)
	}
}

func run(shared, part string, show bool) error {
	read := language.Pipeline{quotation.Annotator{}, mention.Annotator{}}
	documents, err := gum.Read(shared+"/treebank/gum-"+part+".conllu.gz", read)
	if err != nil {
		return err
	}
	chains(documents, show)
	return names(shared+"/corpora/gold", show)
}
