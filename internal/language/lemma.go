package language

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed lemmas.tsv
var lemmaFile string

// ending is how a form with a tag becomes its lemma: some bytes are cut off, others
// added.
type ending struct {
	cut int
	add string
}

// lemmas are the rules by tag, then by the ending of the form, or by the whole form.
type lemmas struct {
	tails, whole [CountXPOS]map[string]ending
	longest      int
}

// lemmaRules are made ready when they are first needed.
var lemmaRules = sync.OnceValue(func() *lemmas { return readLemmas(lemmaFile) })

// readLemmas reads rules: a line has the tag, the ending ("^" before a whole form), the
// number of bytes to cut and what is added.
func readLemmas(file string) *lemmas {
	l := &lemmas{}
	for line := range strings.Lines(file) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		tag := find(xposNames[:], f[0])
		cut, err := strconv.Atoi(f[2])
		if err != nil {
			panic(err) // the file is a part of the program
		}
		form, whole := strings.CutPrefix(f[1], "^")
		into := &l.tails[tag]
		if whole {
			into = &l.whole[tag]
		} else {
			l.longest = max(l.longest, len(form))
		}
		if *into == nil {
			*into = map[string]ending{}
		}
		(*into)[form] = ending{cut, f[3]}
	}
	return l
}

// of gives the lemma of a form. Names keep their capitals.
func (l *lemmas) of(form, lower string, tag XPOS) string {
	word := lower
	if tag == TagNNP || tag == TagNNPS {
		word = form
	}
	if strings.Contains(word, "’") {
		lower = strings.ReplaceAll(lower, "’", "'")
		word = strings.ReplaceAll(word, "’", "'")
	}
	e, ok := l.whole[tag][lower]
	for k := min(l.longest, len(lower)); !ok && k >= 0; k-- {
		e, ok = l.tails[tag][lower[len(lower)-k:]]
		ok = ok && e.cut <= len(lower)
	}
	if !ok || len(word) != len(lower) || e.cut == 0 && e.add == "" {
		return word
	}
	return word[:len(word)-e.cut] + e.add
}
