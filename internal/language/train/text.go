package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"readout/internal/language"
	"readout/internal/language/net"
	"readout/internal/language/treebank"
)

// texts are the corpora whose plain text is read: train parts alone. That of capitals
// serves for vectors only.
var texts = []string{"polnear", "ecbplus", "unsc", "zsp_plv", "muc4"}

const capitals = "muc4"

// plainText gives the words of the sentences of some corpora.
func plainText(shared string, names []string) ([][]string, error) {
	var all [][]string
	for _, name := range names {
		f, err := os.Open(shared + "/corpora/" + name + "/train.jsonl")
		if err != nil {
			return nil, fmt.Errorf("read text: %w", err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var article struct{ Text string }
			if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
				return nil, fmt.Errorf("read text of %s: %w", name, err)
			}
			all = append(all, cut(article.Text)...)
		}
		f.Close()
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("read text of %s: %w", name, err)
		}
	}
	return all, nil
}

// cut gives the words of the sentences of a text.
func cut(text string) (all [][]string) {
	d := language.New(text, nil)
	language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}}.Annotate(d)
	for _, s := range d.Sentences {
		var words []string
		for _, t := range d.Tokens[s.First:s.Last] {
			words = append(words, d.Words(t.Range))
		}
		all = append(all, words)
	}
	return all
}

// vectorText gives the normal forms of the words of all corpora and of the treebanks.
func vectorText(shared string, bank []treebank.Sentence) ([][]string, error) {
	all, err := plainText(shared, texts)
	if err != nil {
		return nil, err
	}
	for _, s := range bank {
		var words []string
		for _, w := range s.Words {
			words = append(words, w.Form)
		}
		all = append(all, words)
	}
	for _, s := range all {
		for i, w := range s {
			s[i] = net.Normal(strings.ToLower(w))
		}
	}
	return all, nil
}
