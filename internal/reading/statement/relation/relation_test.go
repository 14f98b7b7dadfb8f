package relation

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"readout/internal/language"
	"readout/internal/language/chain"
	"readout/internal/language/net"
	"readout/internal/reading/quotation"
)

// chance gives models whose weights are chance: they find anything anywhere.
func chance(seed uint64) *Models {
	r := rand.New(rand.NewPCG(seed, 1))
	table := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(int8(r.IntN(61) - 30))
		}
		return b
	}
	weights := func(in, out int) net.Weights {
		w := net.Weights{In: in, Out: out, W: table(in * out), Bias: make([]int32, out), Scale: make([]float32, out)}
		for i := range w.Scale {
			w.Scale[i] = 1e-5
		}
		return w
	}
	const states = 32
	f := &NetworkFile{Word: table(WordRows * WordWidth), Field: table(FieldRows * FieldWidth), Pair: table(PairRows * SideWidth),
		WordUnit: 4, FieldUnit: 4, PairUnit: 2, Sides: weights(2*states, Heads+2*SideWidth), Out: weights(SideWidth, Heads)}
	for dir := range f.Input {
		f.Input[dir] = weights(language.StateWidth()+WordWidth+FieldWidth, 4*states)
		f.Recurrent[dir] = net.Weights{In: states, Out: 4 * states, W: table(4 * states * states)}
	}
	moves := func() []int16 {
		m := make([]int16, chain.Classes*chain.Classes*chain.Width*chain.Width)
		for i := range m {
			m[i] = int16(r.IntN(65) - 32)
		}
		return m
	}
	f.CueMoves, f.RoleMoves = moves(), moves()
	return &Models{Net: NewNetwork(f), Trees: &Trees{Nodes: []Node{{Fact: -1, Value: 7}}, Roots: []int32{0}}}
}

func read(text string) *language.Document {
	d := language.New(text, nil)
	language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, quotation.Annotator{}}.Annotate(d)
	return d
}

const sample = `Ada Reen said Varland would wait. "We are ready," Pell Oran told Keth radio.

The council of Ostreya denied that it had asked for "time and money", according to two officials, and called the report a lie.

Nobody spoke.`

// TestTogether reads windows together and one by one: what is found must be the same.
func TestTogether(t *testing.T) {
	d := read(sample)
	windows := Windows(d)
	f, alone := NewFinder(chance(1)), NewFinder(chance(1))
	f.Prepare(d, windows)
	found := 0
	for _, w := range windows {
		got := append([]Relation(nil), f.Offer(d, w)...)
		want := alone.Offer(d, w)
		if found += len(got); !reflect.DeepEqual(got, append([]Relation(nil), want...)) {
			t.Errorf("together %v, alone %v", got, want)
		}
	}
	if found == 0 {
		t.Error("chance offers nothing at all")
	}
}

func TestFile(t *testing.T) {
	m := chance(2)
	b := m.Append(nil)
	got, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Append(nil), b) {
		t.Error("what is read is not what was written")
	}
	for n := 0; n < len(b); n += 1 + n/8 {
		if _, err := Read(b[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are read as models", n, len(b))
		}
	}
}

func TestKeep(t *testing.T) {
	x := func(cue, speaker, from, to int, score int32) Relation {
		return Relation{Cue: Stretch{cue, cue + 1}, Speaker: Stretch{speaker, speaker + 1}, Content: []Stretch{{from, to}}, Score: score}
	}
	for _, tt := range []struct {
		name    string
		offered []Relation
		want    []int // cues
	}{
		{"both, of different words", []Relation{x(2, 0, 3, 6, 50), x(9, 8, 10, 14, 20)}, []int{2, 9}},
		{"what scores too low is dropped", []Relation{x(2, 0, 3, 6, 50), x(9, 8, 10, 14, -200)}, []int{2}},
		{"of two with the same content the better", []Relation{x(2, 0, 5, 9, 50), x(3, 0, 5, 9, 70)}, []int{3}},
		{"of two with one cue the better", []Relation{x(2, 0, 3, 6, 50), x(2, 0, 8, 20, 10)}, []int{2}},
		{"one inside of another", []Relation{x(2, 0, 3, 20, 50), x(9, 8, 10, 14, 20)}, []int{2, 9}},
	} {
		var got []int
		for _, r := range Keep(tt.offered, -100) {
			got = append(got, r.Cue.From)
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got the cues %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestKeepParts(t *testing.T) {
	first := Relation{Cue: Stretch{4, 5}, Content: []Stretch{{0, 3}, {6, 9}}, Score: 10}
	second := Relation{Cue: Stretch{10, 11}, Content: []Stretch{{6, 9}}, Score: 5}
	kept := Keep([]Relation{first, second}, 0)
	if len(kept) != 2 || !reflect.DeepEqual(kept[0].Content, []Stretch{{0, 3}}) || !reflect.DeepEqual(kept[1].Content, []Stretch{{6, 9}}) {
		t.Errorf("got %+v: what both hold is the second's, which holds nothing else", kept)
	}
}

// FuzzOffer holds what is offered to the text: no panic, everything within the window, no
// part of a relation on its cue, and a second reading gives the same.
func FuzzOffer(f *testing.F) {
	f.Add(sample)
	f.Add(strings.Repeat("said ", 300))
	f.Add("\"“\n'' \"")
	m := chance(3)
	f.Fuzz(func(t *testing.T, text string) {
		d := read(text)
		a, b := NewFinder(m), NewFinder(m)
		for _, w := range Windows(d) {
			offered := a.Offer(d, w)
			for _, r := range offered {
				for _, s := range append([]Stretch{r.Cue}, r.Content...) {
					if s.From < w.From || s.To > w.To || s.Len() <= 0 {
						t.Fatalf("%v is not within %v", s, w)
					}
				}
				if r.holds(r.Cue) || r.Speaker.Overlaps(r.Cue) || r.Speaker.Len() > 0 && (r.Speaker.From < w.From || r.Speaker.To > w.To) {
					t.Fatalf("the parts of %v lie wrong", r)
				}
			}
			if len(offered) > w.Len()/cueEvery+cuesMore {
				t.Fatalf("%d relations in %d tokens", len(offered), w.Len())
			}
			if again := b.Offer(d, w); !reflect.DeepEqual(append([]Relation(nil), offered...), append([]Relation(nil), again...)) {
				t.Fatalf("once %v, then %v", offered, again)
			}
		}
	})
}
