// Command laws reads articles of the corpora beside the repository and checks what has to
// hold for every text: no panic, words equal to what stands at their span, the same
// findings again and beside other articles, and the same findings in an article that lost
// its end. It prints what it counted and exits with 1 where a law is broken.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"unicode/utf8"

	"readout/internal/language"
	"readout/internal/reading/english"
)

// parts are the files read, in this order. Test parts are not among them.
var parts = []string{"gold/seed", "gold/mideast", "gold/sanctions", "gold/ukraine", "gold/world", "polnear/dev", "isafpr/dev", "ecbplus/dev",
	"zsp_plv/dev", "muc4/dev", "gva/dev", "unsc/train", "polnear/train", "ecbplus/train", "zsp_plv/train", "muc4/train"}

// article is one text; its findings are those of a first reading, as JSON.
type article struct {
	name, text string
	found      []byte
}

func main() {
	shared := flag.String("shared", "../shared", "the folder that holds corpora")
	most := flag.Int("articles", 2000, "how many articles to read")
	flag.Parse()
	if err := run(*shared, *most); err != nil {
		fmt.Fprintln(os.Stderr, "laws:", err)
		os.Exit(1)
	}
}

func run(shared string, most int) error {
	var all []article
	for _, part := range parts {
		list, err := load(shared+"/corpora/"+part+".jsonl", part, most-len(all))
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	var broken []string
	for i := range all {
		a := &all[i]
		d := read(a.text)
		a.found = findings(d)
		broken = append(broken, spans(a)...)
		if !bytes.Equal(findings(read(a.text)), a.found) {
			broken = append(broken, a.name+": a second reading differs")
		}
	}
	broken = append(broken, together(all)...)
	steady, moved := 0, 0
	for i := range all {
		same, other := prefix(&all[i])
		steady, moved = steady+same, moved+other
	}
	fmt.Printf("%d articles, %d findings in a part that stayed, %d of them others without the last paragraph (%.2f per cent)\n",
		len(all), steady+moved, moved, 100*float64(moved)/float64(max(1, steady+moved)))
	for _, b := range broken {
		fmt.Println(b)
	}
	if len(broken) > 0 {
		return fmt.Errorf("%d laws broken", len(broken))
	}
	return nil
}

// load gives the texts of a file, at most so many.
func load(path, part string, most int) (all []article, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the corpora are not here: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for len(all) < most && lines.Scan() {
		var x struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		if x.Text != "" {
			all = append(all, article{name: fmt.Sprintf("%s:%d", part, len(all)+1), text: x.Text})
		}
	}
	return all, lines.Err()
}

func read(text string) *language.Document {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	return d
}

func findings(d *language.Document) []byte {
	b, err := json.Marshal(&d.Findings)
	if err != nil {
		panic(err) // findings are plain values
	}
	return b
}

// spans compares the words of every span with the text at its place.
func spans(a *article) (broken []string) {
	points := []rune(a.text)
	var walk func(x any)
	walk = func(x any) {
		switch x := x.(type) {
		case []any:
			for _, y := range x {
				walk(y)
			}
		case map[string]any:
			start, one := x["start"].(float64)
			end, two := x["end"].(float64)
			if words, three := x["text"].(string); one && two && three {
				if start < 0 || end < start || int(end) > len(points) || string(points[int(start):int(end)]) != words {
					broken = append(broken, fmt.Sprintf("%s: %v-%v is not %q", a.name, start, end, words))
				}
			}
			for _, y := range x {
				walk(y)
			}
		}
	}
	var all any
	if err := json.Unmarshal(a.found, &all); err != nil {
		return []string{a.name + ": " + err.Error()}
	}
	walk(all)
	return broken
}

// together reads all articles by four workers at once.
func together(all []article) (broken []string) {
	var group sync.WaitGroup
	var lock sync.Mutex
	for w := range 4 {
		group.Go(func() {
			for i := w; i < len(all); i += 4 {
				if !bytes.Equal(findings(read(all[i].text)), all[i].found) {
					lock.Lock()
					broken = append(broken, all[i].name+": differs beside other articles")
					lock.Unlock()
				}
			}
		})
	}
	group.Wait()
	return broken
}

// prefix reads an article without its last paragraph and counts the statements and facts of
// the paragraphs before it that stayed the same, by span and kind, and those that did not.
// Names may be resolved otherwise, since a later paragraph may introduce somebody in full.
func prefix(a *article) (same, other int) {
	text := strings.TrimRight(a.text, "\n")
	cut := strings.LastIndex(text, "\n")
	if cut <= 0 {
		return 0, 0
	}
	end := utf8.RuneCountInString(a.text[:cut])
	before, after := marks(read(a.text), end), marks(read(a.text[:cut]), end)
	for k := range before {
		if after[k] {
			same++
		} else {
			other++
		}
	}
	for k := range after {
		if !before[k] {
			other++
		}
	}
	return same, other
}

// marks lists the findings that end before a place.
func marks(d *language.Document, end int) map[string]bool {
	out := map[string]bool{}
	add := func(kind string, start, to int, words string) {
		if to <= end {
			out[fmt.Sprint(kind, start, to, words)] = true
		}
	}
	f := &d.Findings
	for _, x := range f.Statements {
		add("statement", x.Span.Start, x.Span.End, x.Span.Text)
	}
	for _, x := range f.Conditions {
		add("condition", x.Span.Start, x.Span.End, string(x.Type))
	}
	for _, x := range f.Denials {
		add("denial", x.Span.Start, x.Span.End, string(x.Type))
	}
	for _, x := range f.Sanctions {
		add("sanction", x.Span.Start, x.Span.End, string(x.Status))
	}
	for _, x := range f.Casualties {
		add("casualty", x.Span.Start, x.Span.End, string(x.Status))
	}
	return out
}
