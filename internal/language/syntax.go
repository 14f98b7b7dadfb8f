package language

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"strings"
	"sync"

	"readout/internal/language/linear"
)

// Syntax fills the tags, lemmas, heads and relations of all tokens.
type Syntax struct{}

//go:embed linear.model
var packed []byte

var loaded = sync.OnceValue(func() *linear.Model {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	m := &linear.Model{}
	if err := gob.NewDecoder(z).Decode(m); err != nil {
		panic(err)
	}
	return m
})

// longest is the number of tokens that are read at once; longer sentences are cut.
const longest = 120

// Annotate fills the fields of Document.Tokens that say what a token is in its sentence.
func (Syntax) Annotate(d *Document) {
	m := loaded()
	for s := range d.Sentences {
		sentence := &d.Sentences[s]
		root := -1
		for from := sentence.First; from < sentence.Last; from += longest {
			root = d.quick(m, from, min(from+longest, sentence.Last), root)
		}
		d.link(sentence)
		if d.Cancelled() {
			return
		}
	}
}

func (d *Document) quick(m *linear.Model, from, to, root int) int {
	words := make([]linear.Word, to-from)
	for i := range words {
		t := &d.Tokens[from+i]
		words[i] = linear.Word{Form: d.Words(t.Range), Lower: t.Lower}
	}
	m.Annotate(words)
	for i := range words {
		t := &d.Tokens[from+i]
		upos, xpos, _ := strings.Cut(m.Tags[words[i].Tag], " ")
		t.UPOS, t.XPOS, t.Rel = UPOS(find(uposNames[:], upos)), XPOS(find(xposNames[:], xpos)), Rel(find(relNames[:], m.Rels[words[i].Rel]))
		t.Lemma = t.Lower
		t.Head = from + words[i].Head
		if words[i].Head < 0 && root >= 0 {
			t.Head, t.Rel = root, RelParataxis
		} else if words[i].Head < 0 {
			t.Head, t.Rel = -1, RelRoot
			root = from + i
		}
	}
	return root
}

func find(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return 0
}
