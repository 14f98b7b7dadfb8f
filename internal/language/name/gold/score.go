package gold

import (
	"fmt"
	"strings"

	"readout/internal/language"
)

// Score counts names by their sort: those of the treebank, those found, those that are both,
// with the same tokens and the same sort.
type Score struct {
	gold, found, right [language.NumberName + 1]int
	spans              [3]int // names but times and numbers: of the treebank, found, both
	sorted             int    // of those that are both, how many are of the right sort
}

// Add compares the names that were found in a document with those of the treebank. What
// overlaps a name of unknown sort does not count.
func (x *Score) Add(d *Document) {
	type span struct{ first, last int }
	own := map[span]language.NameType{}
	unknown := make([]bool, len(d.Tokens))
	for _, n := range d.Names {
		for i := n.First; i < n.Last && !n.Known; i++ {
			unknown[i] = true
		}
	}
	for _, n := range d.Document.Names {
		skip := false
		for i := n.First; i < n.Last; i++ {
			skip = skip || unknown[i]
		}
		if skip || n.Type == language.NumberName {
			continue
		}
		own[span{n.First, n.Last}] = n.Type
		x.found[n.Type]++
		if n.Type != language.TimeName {
			x.spans[1]++
		}
	}
	for _, n := range d.Names {
		if !n.Known || n.Type == language.NoName {
			continue
		}
		x.gold[n.Type]++
		kind, ok := own[span{n.First, n.Last}]
		if kind == n.Type {
			x.right[n.Type]++
		}
		if n.Type != language.TimeName {
			x.spans[0]++
			if ok && kind != language.TimeName {
				x.spans[2]++
				if kind == n.Type {
					x.sorted++
				}
			}
		}
	}
}

// String gives precision, recall and F1 by sort, and of all together.
func (x *Score) String() string {
	var out strings.Builder
	line := func(what string, gold, found, right int) {
		fmt.Fprintf(&out, "%-14s gold %5d found %5d  P %5.1f R %5.1f F1 %5.1f\n", what, gold, found,
			100*float64(right)/float64(max(found, 1)), 100*float64(right)/float64(max(gold, 1)), 200*float64(right)/float64(max(gold+found, 1)))
	}
	var gold, found, right int
	for t := language.PersonName; t <= language.TimeName; t++ {
		line(t.String(), x.gold[t], x.found[t], x.right[t])
		gold, found, right = gold+x.gold[t], found+x.found[t], right+x.right[t]
	}
	line("all", gold, found, right)
	line("spans alone", x.spans[0], x.spans[1], x.spans[2])
	fmt.Fprintf(&out, "of right spans the right sort: %.1f\n", 100*float64(x.sorted)/float64(max(x.spans[2], 1)))
	return out.String()
}
