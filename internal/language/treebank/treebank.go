// Package treebank reads the annotated sentences that the trained layers learn from and
// are measured on: files of CoNLL-U, packed with gzip.
package treebank

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Word is a word of an annotated sentence.
type Word struct {
	Form, Lemma, UPOS, XPOS, Rel string
	// Head is the index of the head in the sentence, -1 for the root.
	Head int
	// Space is true where a space follows.
	Space bool
	// Entity is what the last column says of names that begin or end here.
	Entity string
}

// Sentence is an annotated sentence.
type Sentence struct {
	// Document is the name of the document it stands in.
	Document string
	// Text is the sentence as it was written.
	Text string
	// Paragraph is true where a paragraph begins, First where a document does.
	Paragraph, First bool
	Words            []Word
}

// Read reads a file.
func Read(path string) ([]Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read treebank: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read treebank %s: %w", path, err)
	}
	var all []Sentence
	var s Sentence
	document, first, paragraph, spaced := "", false, false, 0
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "":
			if len(s.Words) > 0 {
				s.Document, s.First, s.Paragraph = document, first, paragraph || first
				all = append(all, s)
				first, paragraph = false, false
			}
			s, spaced = Sentence{}, 0
		case strings.HasPrefix(line, "# newdoc"):
			document, first = strings.TrimPrefix(line, "# newdoc id = "), true
		case strings.HasPrefix(line, "# newpar"):
			paragraph = true
		case strings.HasPrefix(line, "# text = "):
			s.Text = strings.TrimPrefix(line, "# text = ")
		case line[0] != '#':
			if spaced, err = s.word(line, spaced); err != nil {
				return nil, fmt.Errorf("read treebank %s: %w", path, err)
			}
		}
	}
	return all, lines.Err()
}

// word adds the word of a line. joined is the last word of a group that is written as one
// ("don't"): the words before it have no space behind them.
func (s *Sentence) word(line string, joined int) (int, error) {
	cols := strings.Split(line, "\t")
	if len(cols) != 10 {
		return joined, fmt.Errorf("line of %d columns: %q", len(cols), line)
	}
	if from, to, ok := strings.Cut(cols[0], "-"); ok {
		_ = from
		last, err := strconv.Atoi(to)
		if strings.Contains(cols[9], "SpaceAfter=No") {
			last = -last
		}
		return last, err
	}
	if strings.Contains(cols[0], ".") { // an empty node of the enhanced graph
		return joined, nil
	}
	n, err := strconv.Atoi(cols[0])
	if err != nil {
		return joined, err
	}
	head, err := strconv.Atoi(cols[6])
	if err != nil {
		return joined, err
	}
	w := Word{Form: cols[1], Lemma: cols[2], UPOS: cols[3], XPOS: cols[4], Rel: cols[7], Head: head - 1,
		Space: !strings.Contains(cols[9], "SpaceAfter=No")}
	switch {
	case n < joined || n < -joined:
		w.Space = false
	case n == joined:
		w.Space = true
	case n == -joined:
		w.Space = false
	}
	for field := range strings.SplitSeq(cols[9], "|") {
		if e, ok := strings.CutPrefix(field, "Entity="); ok {
			w.Entity = e
		}
	}
	s.Words = append(s.Words, w)
	return joined, nil
}
