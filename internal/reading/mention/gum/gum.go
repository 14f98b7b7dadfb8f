// Package gum reads who is who in the documents of GUM: the chains of words that stand
// for one and the same, as people marked them, laid over our own tokens.
//
// In "Ada Reen left. She slept." the tokens "Reen" and "She" are of one chain. Only the
// head of each stretch is kept.
package gum

import (
	"strings"

	"readout/internal/language"
	"readout/internal/language/name"
	"readout/internal/language/treebank"
)

// Document is a document with the chain of every token that is the head of a stretch.
type Document struct {
	*language.Document
	Name string
	// Chain gives the number of the chain of a token, by its index.
	Chain map[int]int
	// Joint gives that of several that "and" joins, by the head of the first.
	Joint map[int]int
	// Kind gives what a token stands for, in the words of GUM: "person", "organization".
	Kind map[int]string
}

// Read gives the documents of a file, read by a pipeline.
func Read(path string, read language.Annotator) ([]Document, error) {
	all, err := treebank.Read(path)
	if err != nil {
		return nil, err
	}
	var out []Document
	for _, sentences := range treebank.Documents(all) {
		plain := treebank.Rebuild(sentences)
		d := Document{Document: language.New(plain.Text, nil), Name: sentences[0].Document, Chain: map[int]int{}, Joint: map[int]int{}, Kind: map[int]string{}}
		language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, name.Annotator{}}.Annotate(d.Document)
		d.lay(plain)
		read.Annotate(d.Document)
		out = append(out, d)
	}
	return out, nil
}

// stretch is a stretch of words that stands for something.
type stretch struct {
	chain       int
	kind        string
	first, last int
}

// lay puts the chains of the corpus on our tokens.
func (d *Document) lay(plain *treebank.Plain) {
	for _, s := range stretches(plain.Words) {
		head := plain.Words[root(plain.Words, s)]
		token := d.TokenAt(head.Start)
		if token < len(d.Tokens) && d.Tokens[token].Start <= head.Start {
			if joins(plain.Words, s) {
				d.Joint[token] = s.chain
			} else if _, inner := d.Chain[token]; !inner {
				d.Chain[token], d.Kind[token] = s.chain, s.kind
			}
		}
	}
}

// joins says whether a stretch is of several that are joined.
func joins(words []treebank.Placed, s stretch) bool {
	top := root(words, s)
	for i := top + 1; i <= s.last; i++ {
		if words[i].Index == top && words[i].Rel == "conj" {
			return true
		}
	}
	return false
}

// root gives the word of a stretch that depends on none within it.
func root(words []treebank.Placed, s stretch) int {
	for i := s.first; i <= s.last; i++ {
		if words[i].Index < s.first || words[i].Index > s.last {
			return i
		}
	}
	return s.first
}

// stretches reads the column that opens and closes them: "(3-person-...", "3)".
func stretches(words []treebank.Placed) (out []stretch) {
	open := map[string][]stretch{}
	for i, w := range words {
		rest := w.Entity
		for rest != "" {
			if rest[0] == '(' {
				end := strings.IndexAny(rest[1:], "()") + 1
				if end == 0 {
					end = len(rest)
				}
				f := strings.SplitN(rest[1:end], "-", 3)
				open[f[0]] = append(open[f[0]], stretch{chain: number(f[0]), kind: f[1], first: i})
				if rest = rest[end:]; strings.HasPrefix(rest, ")") {
					out, rest = closed(out, open, f[0], i), rest[1:]
				}
				continue
			}
			id, behind, ok := strings.Cut(rest, ")")
			if !ok {
				break
			}
			out, rest = closed(out, open, id, i), behind
		}
	}
	return out
}

func closed(out []stretch, open map[string][]stretch, id string, at int) []stretch {
	s := open[id]
	if len(s) == 0 {
		return out
	}
	last := s[len(s)-1]
	open[id] = s[:len(s)-1]
	last.last = at
	return append(out, last)
}

// number reads the number of a chain, whose parts may be numbered behind a bracket.
func number(id string) int {
	n := 0
	for _, r := range id {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}
