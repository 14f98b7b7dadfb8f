package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"readout/internal/language"
	"readout/internal/reading/quotation"
	"readout/internal/reading/statement/relation"
)

// article is an annotated article with its layers.
type article struct {
	doc     *language.Document
	gold    []gold
	windows []relation.Stretch
}

// gold is a relation that an annotator marked, in tokens.
type gold struct {
	cue, speaker, content []relation.Stretch
}

// whole is the stretch from the first to the last token of the cue.
func (g *gold) whole() relation.Stretch {
	return relation.Stretch{From: g.cue[0].From, To: g.cue[len(g.cue)-1].To}
}

type line struct {
	Text         string `json:"text"`
	Attributions []struct {
		Cue     [][2]int `json:"cue"`
		Speaker [][2]int `json:"speaker"`
		Content [][2]int `json:"content"`
	} `json:"attributions"`
}

// read gives the articles of a file, read with the layers that the features look at.
func read(path string) ([]article, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the corpora stand beside the repository: %w", err)
	}
	defer f.Close()
	layers := language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, quotation.Annotator{}}
	var out []article
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		d := language.New(l.Text, nil)
		layers.Annotate(d)
		a := article{doc: d, windows: relation.Windows(d)}
		bytes := offsets(l.Text)
		for _, x := range l.Attributions {
			g := gold{tokens(d, bytes, x.Cue), tokens(d, bytes, x.Speaker), tokens(d, bytes, x.Content)}
			if len(g.cue) > 0 && len(g.content) > 0 {
				a.gold = append(a.gold, g)
			}
		}
		sort.SliceStable(a.gold, func(i, j int) bool { return a.gold[i].cue[0].From < a.gold[j].cue[0].From })
		out = append(out, a)
	}
	return out, lines.Err()
}

// offsets gives the byte at which each code point of a text begins.
func offsets(text string) []int {
	var out []int
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

// tokens gives the tokens of some spans.
func tokens(d *language.Document, bytes []int, spans [][2]int) (out []relation.Stretch) {
	for _, s := range spans {
		first, last := d.Bounds(language.Range{Start: bytes[s[0]], End: bytes[s[1]]})
		if first < last {
			out = append(out, relation.Stretch{From: first, To: last})
		}
	}
	return out
}

// in gives the relations whose cue begins in a window.
func (a *article) in(w relation.Stretch) []gold {
	from := sort.Search(len(a.gold), func(i int) bool { return a.gold[i].cue[0].From >= w.From })
	to := from
	for to < len(a.gold) && a.gold[to].cue[0].From < w.To {
		to++
	}
	return a.gold[from:to]
}
