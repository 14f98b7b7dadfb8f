package main

import (
	"slices"
	"strings"

	"readout/internal/language/net"
)

const (
	// silverLeast and silverMost bound the words of a sentence that a network labels for
	// the next one.
	silverLeast = 5
	silverMost  = 50
)

// silver gives sentences of plain news, labelled by a network that was trained on the
// treebanks.
func silver(shared string, m *net.Model, words, raw *lexicon) ([]sentence, error) {
	text, err := plainText(shared, slices.DeleteFunc(slices.Clone(texts), func(name string) bool { return name == capitals }))
	if err != nil {
		return nil, err
	}
	text = slices.DeleteFunc(text, func(s []string) bool { return len(s) < silverLeast || len(s) > silverMost })
	slices.SortStableFunc(text, func(a, b []string) int { return len(a) - len(b) })
	var all []sentence
	for from := 0; from < len(text); from += net.Group {
		var group [][]net.Word
		for _, s := range text[from:min(from+net.Group, len(text))] {
			line := make([]net.Word, len(s))
			for i, form := range s {
				line[i] = net.Word{Form: form, Lower: strings.ToLower(form)}
			}
			group = append(group, line)
		}
		m.Read(group)
		for _, line := range group {
			all = append(all, labelled(line, words, raw))
		}
	}
	return all, nil
}

// labelled turns a sentence that a network has read into numbers.
func labelled(line []net.Word, words, raw *lexicon) (s sentence) {
	for _, w := range line {
		x := number(w.Form, words, raw)
		x.head, x.upos, x.xpos, x.rel = w.Head, int32(w.UPOS), int32(w.XPOS), int32(w.Rel)
		s = append(s, x)
	}
	return s
}
