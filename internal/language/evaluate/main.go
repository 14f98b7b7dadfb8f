// Command evaluate measures the layers of internal/language on the dev parts of the
// treebanks: with the tokens and sentences of the treebank, and from plain text.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"readout/internal/language"
	"readout/internal/language/treebank"
)

func main() {
	shared := flag.String("shared", "../shared", "the folder that holds the treebank")
	part := flag.String("part", "dev", "the part to measure on: dev, or train when looking for mistakes")
	show := flag.Int("show", 0, "how many wrong tokens and sentence ends to print")
	flag.Parse()
	for _, bank := range []string{"ewt", "gum"} {
		all, err := treebank.Read(fmt.Sprintf("%s/treebank/%s-%s.conllu.gz", *shared, bank, *part))
		if err != nil {
			fmt.Fprintln(os.Stderr, "evaluate:", err)
			os.Exit(1)
		}
		report(bank, all, *show)
		if bank == "gum" {
			var news []treebank.Sentence
			for _, s := range all {
				if strings.HasPrefix(s.Document, "GUM_news") {
					news = append(news, s)
				}
			}
			report("gum news", news, 0)
		}
	}
}

func report(name string, all []treebank.Sentence, show int) {
	given, raw := measureGiven(all), measureRaw(all, show)
	fmt.Printf("%-8s given tokens: UPOS %.2f XPOS %.2f lemma %.2f UAS %.2f LAS %.2f   plain text: words %.2f sentences %.2f UPOS %.2f UAS %.2f LAS %.2f\n",
		name, given.percent(given.upos), given.percent(given.xpos), given.percent(given.lemma), given.percent(given.head), given.percent(given.rel),
		raw.f1(raw.found), 100*2*float64(raw.sentences)/float64(raw.goldSentences+raw.ownSentences),
		raw.f1(raw.upos), raw.f1(raw.head), raw.f1(raw.rel))
}

// score counts words: those of the treebank, those found, and what is right of them.
type score struct {
	gold, own, found                       int
	upos, xpos, lemma, head, rel           int
	sentences, goldSentences, ownSentences int
}

func (s score) percent(n int) float64 { return 100 * float64(n) / float64(s.gold) }
func (s score) f1(n int) float64      { return 100 * 2 * float64(n) / float64(s.gold+s.own) }

// measureGiven gives the network the tokens and sentences of the treebank.
func measureGiven(all []treebank.Sentence) (x score) {
	for _, s := range all {
		d := given(&s)
		language.Syntax{}.Annotate(d)
		for i, w := range s.Words {
			t := &d.Tokens[i]
			x.gold++
			x.count(&w, t, t.Head == w.Head)
		}
	}
	return x
}

// count adds a word that was found.
func (x *score) count(w *treebank.Word, t *language.Token, head bool) {
	u, p, r := language.Labels(w.UPOS, w.XPOS, w.Rel)
	if t.UPOS == language.UPOS(u) {
		x.upos++
	}
	if t.XPOS == language.XPOS(p) {
		x.xpos++
	}
	if strings.EqualFold(t.Lemma, w.Lemma) {
		x.lemma++
	}
	if head {
		x.head++
		if t.Rel == language.Rel(r) {
			x.rel++
		}
	}
}

// given makes a document of the tokens of a sentence.
func given(s *treebank.Sentence) *language.Document {
	var text strings.Builder
	var tokens []language.Token
	for _, w := range s.Words {
		start := text.Len()
		text.WriteString(w.Form)
		tokens = append(tokens, language.NewToken(w.Form, start))
		if w.Space {
			text.WriteByte(' ')
		}
	}
	d := language.New(text.String(), nil)
	all := language.Range{Start: 0, End: text.Len()}
	d.Tokens = tokens
	d.Paragraphs = []language.Paragraph{{Range: all}}
	d.Sentences = []language.Sentence{{Range: all, First: 0, Last: len(tokens)}}
	return d
}
