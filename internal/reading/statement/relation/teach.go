package relation

import "readout/internal/language"

// Example is a sequence as a trainer sees it: the features of each token and its class.
type Example struct {
	Features [][]uint32
	Class    []uint8
	// From is the first token in the document.
	From int
}

// CueExample gives the features of some tokens for the first chain.
func CueExample(d *language.Document, w Stretch) Example {
	var v view
	v.look(d, w.From, w.To)
	e := Example{From: w.From}
	for i := range v.tokens {
		e.Features = append(e.Features, v.cue(nil, i))
		e.Class = append(e.Class, v.tokens[i].class)
	}
	return e
}

// Cues gives the possible cues of some tokens, each with its example for the second chain.
func (f *Finder) Cues(d *language.Document, w Stretch, also []Stretch) (cues []Stretch, examples []Example) {
	f.look(d, w)
	f.findCues()
	seen := map[Stretch]bool{}
	for _, c := range f.list {
		seen[f.shift(c.from, c.to)] = true
		cues = append(cues, f.shift(c.from, c.to))
	}
	for _, s := range also {
		if !seen[s] {
			seen[s] = true
			cues = append(cues, s)
		}
	}
	for _, c := range cues {
		low, high := f.lens.focus(f.view, c.From-w.From, c.To-w.From, f.strong)
		e := Example{From: low + w.From}
		for i := low; i < high; i++ {
			e.Class = append(e.Class, f.view.tokens[i].class)
			if i >= c.From-w.From && i < c.To-w.From {
				e.Features = append(e.Features, nil)
				continue
			}
			e.Features = append(e.Features, f.lens.role(f.view.still(nil, i), i))
		}
		examples = append(examples, e)
	}
	return cues, examples
}
