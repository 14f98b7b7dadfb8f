package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"readout/internal/language"
	"readout/internal/language/name"
	"readout/internal/reading/mention"
	"readout/internal/reading/quotation"
	"readout/pkg/events"
)

// article is an annotated article with those who speak and act in it.
type article struct {
	ID, Text, Date string
	Statements     []record
	Conditions     []record
	Denials        []record
	Sanctions      []record
}

// record is what is said of one of them: a name that is right, others that are too, and
// where the words stand.
type record struct {
	Speaker, Setter, Denier, Imposer string
	Aliases                          []string
	MentionSpan                      []int `json:"mention_span"`
	SetterSpan                       []int `json:"setter_mention_span"`
	DenierSpan                       []int `json:"denier_mention_span"`
	ImposerSpan                      []int `json:"imposer_mention_span"`
}

// names reads the annotated articles and prints how often the words get the right name.
func names(folder string, show bool) error {
	files, err := filepath.Glob(folder + "/*.jsonl")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no articles in %s", folder)
	}
	fmt.Printf("%-10s %6s %6s %6s %6s %6s\n", "names", "gold", "right", "wrong", "open", "right%")
	var all tally
	for _, file := range files {
		c, err := nameFile(file, show)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		printNames(name, c)
		all.gold, all.right, all.wrong = all.gold+c.gold, all.right+c.right, all.wrong+c.wrong
	}
	printNames("all", all)
	return nil
}

func printNames(name string, c tally) {
	fmt.Printf("%-10s %6d %6d %6d %6d %6.1f\n", name, c.gold, c.right, c.wrong, c.gold-c.right-c.wrong, share(c.right, c.gold))
}

func nameFile(file string, show bool) (c tally, err error) {
	f, err := os.Open(file)
	if err != nil {
		return c, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var a article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return c, fmt.Errorf("read %s: %w", file, err)
		}
		a.measure(&c, show)
	}
	return c, lines.Err()
}

// Pipeline is what is needed to resolve mentions.
var pipeline = language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, name.Annotator{},
	quotation.Annotator{}, mention.Annotator{}}

func (a *article) measure(c *tally, show bool) {
	d := language.New(a.Text, nil)
	d.Published, _ = time.Parse(time.DateOnly, a.Date)
	pipeline.Annotate(d)
	for _, list := range [][]record{a.Statements, a.Conditions, a.Denials, a.Sanctions} {
		for i := range list {
			list[i].measure(d, a.ID, c, show)
		}
	}
}

func (r *record) measure(d *language.Document, id string, c *tally, show bool) {
	name := r.Speaker + r.Setter + r.Denier + r.Imposer
	var span []int
	for _, s := range [][]int{r.MentionSpan, r.SetterSpan, r.DenierSpan, r.ImposerSpan} {
		if len(s) == 2 {
			span = s
		}
	}
	if span == nil || name == "" || r.MentionSpan != nil && r.Speaker == "" {
		return
	}
	c.gold++
	where := d.Bytes(events.Span{Start: span[0], End: span[1], Text: cut(d.Text, span[0], span[1])})
	m := at(d, where)
	switch {
	case m == nil || m.Actor.Name == "":
		if show {
			fmt.Printf("  %s: open: %q is %s\n", id, d.Words(where), name)
		}
	case right(m.Actor, append(r.Aliases, name)):
		c.right++
	default:
		c.wrong++
		if show {
			fmt.Printf("  %s: %q = %s, is %s\n", id, d.Words(where), m.Actor.Name, name)
		}
	}
}

// cut gives the words between two code points.
func cut(text string, from, to int) string {
	start, n := len(text), 0
	for i := range text {
		if n == from {
			start = i
		}
		if n == to {
			return text[start:i]
		}
		n++
	}
	return text[min(start, len(text)):]
}

// at gives the mention of some words: the one that ends where they do or holds their head,
// else the first that acts.
func at(d *language.Document, where language.Range) *language.Mention {
	var best *language.Mention
	h := d.Tokens[min(head(d, where), len(d.Tokens)-1)]
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !m.Overlaps(where) {
			continue
		}
		if m.Contains(h.Range) {
			return m
		}
		if best == nil || m.Acts() && !best.Acts() {
			best = m
		}
	}
	return best
}

// right says whether an actor has one of some names: the same words, however they are
// written, or a name that stands whole in the other.
func right(a events.Actor, names []string) bool {
	for _, n := range names {
		for _, own := range []string{a.Name, party(a)} {
			if own != "" && (plain(own) == plain(n) || own == a.Name && (holds(plain(n), plain(own)) || holds(plain(own), plain(n)))) {
				return true
			}
		}
	}
	return false
}

func party(a events.Actor) string {
	if a.Party == nil || a.Type == events.ActorPerson {
		return ""
	}
	return a.Party.Name
}

func plain(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimPrefix(strings.ToLower(s), "the ") {
		if r < utf8.RuneSelf || r > 0 {
			b.WriteRune(r)
		}
	}
	return strings.ReplaceAll(b.String(), "’", "'")
}

func holds(a, b string) bool { return strings.Contains(" "+a+" ", " "+b+" ") }
