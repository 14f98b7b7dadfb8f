package language

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func parsed(text string) *Document {
	d := New(text, nil)
	Pipeline{Paragraphs{}, Words{}, Sentences{}, Syntax{}}.Annotate(d)
	return d
}

// shown gives the tokens as "form/UPOS/rel>head".
func shown(d *Document) string {
	var out []string
	for _, t := range d.Tokens {
		head := "-"
		if t.Head >= 0 {
			head = d.Words(d.Tokens[t.Head].Range)
		}
		out = append(out, fmt.Sprintf("%s/%s/%s>%s", d.Words(t.Range), t.UPOS, t.Rel, head))
	}
	return strings.Join(out, " ")
}

func TestSyntax(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"The minister said she would resign.",
			"The/DET/det>minister minister/NOUN/nsubj>said said/VERB/root>- she/PRON/nsubj>resign would/AUX/aux>resign resign/VERB/ccomp>said ./PUNCT/punct>said"},
		{"Soldiers were killed by rebels.",
			"Soldiers/NOUN/nsubj:pass>killed were/AUX/aux:pass>killed killed/VERB/root>- by/ADP/case>rebels rebels/NOUN/obl:agent>killed ./PUNCT/punct>killed"},
		{"He doesn't know whether they left.",
			"He/PRON/nsubj>know does/AUX/aux>know n't/PART/advmod>know know/VERB/root>- whether/SCONJ/mark>left they/PRON/nsubj>left left/VERB/ccomp>know ./PUNCT/punct>know"},
	} {
		if got := shown(parsed(tt.text)); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// TestSyntaxForgets reads a text again after more words than are kept from one text to the
// next, and after one that is too long to be kept.
func TestSyntaxForgets(t *testing.T) {
	want := shown(parsed(article))
	var words strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&words, "w%d%s ", i, strings.Repeat("x", i/5))
		if i%20 == 19 {
			words.WriteString("said Reen.\n\n")
		}
	}
	other := shown(parsed(words.String()))
	if shown(parsed(article)) != want || shown(parsed(words.String())) != other {
		t.Error("what was read before makes a difference")
	}
}

func TestLemmas(t *testing.T) {
	for _, tt := range []struct {
		form string
		tag  XPOS
		want string
	}{
		{"said", TagVBD, "say"}, {"was", TagVBD, "be"}, {"denies", TagVBZ, "deny"}, {"running", TagVBG, "run"},
		{"countries", TagNNS, "country"}, {"men", TagNNS, "man"}, {"worse", TagJJR, "bad"}, {"n't", TagRB, "not"},
		{"Varland", TagNNP, "Varland"}, {"harbour", TagNN, "harbour"}, {"blorted", TagVBD, "blort"}, {"they", TagPRP, "they"},
	} {
		if got := lemmaRules().of(tt.form, strings.ToLower(tt.form), tt.tag); got != tt.want {
			t.Errorf("%s/%s: got %s, want %s", tt.form, tt.tag, got, tt.want)
		}
	}
}

func TestTree(t *testing.T) {
	d := parsed("The minister of Keth said she would resign.")
	said := slices.IndexFunc(d.Tokens, func(t Token) bool { return t.Lower == "said" })
	var children []string
	for c := range d.Children(said) {
		children = append(children, d.Tokens[c].Lower)
	}
	if got := strings.Join(children, " "); got != "minister resign ." {
		t.Errorf("children: got %s", got)
	}
	if first, last := d.Subtree(d.Child(said, RelNsubj)); first != 0 || last != 4 {
		t.Errorf("what hangs on minister: got %d to %d", first, last)
	}
	if d.Root(&d.Sentences[0]) != said || d.Child(said, RelObl) != -1 || d.SentenceOf(said) != 0 {
		t.Error("root, child or sentence")
	}
}

func TestCompound(t *testing.T) {
	d := read("A Keth-backed - or not - force")
	if first, last := d.Compound(2); first != 1 || last != 4 {
		t.Errorf("got %d to %d", first, last)
	}
	if first, last := d.Compound(5); first != 5 || last != 6 {
		t.Errorf("a dash with spaces joins nothing: got %d to %d", first, last)
	}
}

func TestBase(t *testing.T) {
	if RelNsubjPass.Base() != RelNsubj || RelNsubj.Base() != RelNsubj || RelNsubjPass.String() != "nsubj:pass" {
		t.Error("bases of relations")
	}
}

// TestLongSentence reads a sentence that is cut for reading: it stays one tree.
func TestLongSentence(t *testing.T) {
	d := parsed(strings.Repeat("and the boat ", 500))
	checkTrees(t, d)
}

// checkTrees holds that every sentence is one tree whose stretches fit.
func checkTrees(t *testing.T, d *Document) {
	t.Helper()
	for s := range d.Sentences {
		sentence := &d.Sentences[s]
		roots, seen := 0, 0
		for i := sentence.First; i < sentence.Last; i++ {
			tok := &d.Tokens[i]
			if tok.Head < 0 {
				roots++
				if tok.Rel != RelRoot {
					t.Fatalf("root %d is %s", i, tok.Rel)
				}
			} else if tok.Head < sentence.First || tok.Head >= sentence.Last || tok.Head == i || tok.Rel == RelRoot {
				t.Fatalf("token %d hangs on %d by %s", i, tok.Head, tok.Rel)
			}
			if tok.UPOS == NoUPOS || tok.Lemma == "" || !utf8.ValidString(tok.Lemma) {
				t.Fatalf("token %d has tag %q, lemma %q", i, tok.UPOS, tok.Lemma)
			}
			last := -1
			for c := range d.Children(i) {
				if d.Tokens[c].Head != i || c <= last {
					t.Fatalf("child %d of %d hangs on %d", c, i, d.Tokens[c].Head)
				}
				last = c
				seen++
			}
		}
		if roots != 1 || seen != sentence.Last-sentence.First-1 {
			t.Fatalf("sentence %d: %d roots, %d children", s, roots, seen)
		}
		if first, last := d.Subtree(d.Root(sentence)); first != sentence.First || last != sentence.Last {
			t.Fatalf("sentence %d: the root covers %d to %d of %d to %d", s, first, last, sentence.First, sentence.Last)
		}
	}
}

func FuzzSyntax(f *testing.F) {
	for _, seed := range []string{"", "A. B.", `"Open`, "U.S. é 3.5\n\n\"'s", "don't he'll cannot", "…\n.\n?", "1a-2 $5m", "\u2126\u212a\u0130s"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		d := parsed(text)
		checkTrees(t, d)
		if again := parsed(text); !slices.Equal(d.Tokens, again.Tokens) {
			t.Fatal("a second run gives other tokens")
		}
	})
}

// TestCancelled gives up a long text soon.
func TestCancelled(t *testing.T) {
	calls := 0
	d := New(strings.Repeat("The boat left. ", 20_000), func() bool { calls++; return calls > 3 })
	start := time.Now()
	Pipeline{Paragraphs{}, Words{}, Sentences{}, Syntax{}}.Annotate(d)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestTogether reads from many goroutines at once.
func TestTogether(t *testing.T) {
	want := shown(parsed(article))
	done := make(chan string)
	for range 8 {
		go func() { done <- shown(parsed(article)) }()
	}
	for range 8 {
		if <-done != want {
			t.Error("another result")
		}
	}
}
