// Command train trains the quick linear model.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"readout/internal/language/linear"
	"readout/internal/language/treebank"
)

type table struct{ w, sum []float32 }

func newTable() *table { return &table{make([]float32, linear.Size), make([]float32, linear.Size)} }
func (t *table) add(f linear.Features, c int, v, step float32) {
	for _, h := range f {
		i := linear.Index(h, c)
		t.w[i] += v
		t.sum[i] += v * step
	}
}
func (t *table) score(f linear.Features, c int) (s float32) {
	for _, h := range f {
		s += t.w[linear.Index(h, c)]
	}
	return s
}
func (t *table) done(step float32) []int8 {
	out := make([]int8, len(t.w))
	for i := range out {
		v := t.w[i] - t.sum[i]/step
		out[i] = int8(max(-127, min(127, v*8)))
	}
	return out
}

func read(names ...string) (all []treebank.Sentence) {
	for _, n := range names {
		s, err := treebank.Read("../shared/treebank/" + n + ".conllu.gz")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		all = append(all, s...)
	}
	return all
}

func projective(s *treebank.Sentence) bool {
	for i, a := range s.Words {
		for j, b := range s.Words {
			l1, r1 := min(i, a.Head), max(i, a.Head)
			l2, r2 := min(j, b.Head), max(j, b.Head)
			if l1 < l2 && l2 < r1 && r1 < r2 {
				return false
			}
		}
	}
	return true
}

func main() {
	train := read("ewt-train", "gum-train")
	m := &linear.Model{}
	tags, rels := map[string]int{}, map[string]int{}
	for _, s := range train {
		for _, w := range s.Words {
			t := w.UPOS + " " + w.XPOS
			if _, ok := tags[t]; !ok {
				tags[t] = len(m.Tags)
				m.Tags = append(m.Tags, t)
			}
			if _, ok := rels[w.Rel]; !ok {
				rels[w.Rel] = len(m.Rels)
				m.Rels = append(m.Rels, w.Rel)
			}
		}
	}
	fmt.Println(len(m.Tags), "tags", len(m.Rels), "rels")
	tt, ta, tr := newTable(), newTable(), newTable()
	r := rand.New(rand.NewPCG(1, 2))
	step := float32(1)
	f := make(linear.Features, 0, 64)
	for epoch := range 3 {
		right, n := 0, 0
		for _, k := range r.Perm(len(train)) {
			gold := &train[k]
			s := make([]linear.Word, len(gold.Words))
			for i, w := range gold.Words {
				s[i] = linear.Word{Form: w.Form, Lower: strings.ToLower(w.Form), Head: -1}
			}
			for i, w := range gold.Words {
				f = m.TagFeatures(f, s, i)
				best, at := float32(-1e9), 0
				for c := range m.Tags {
					if v := tt.score(f, c); v > best {
						best, at = v, c
					}
				}
				g := tags[w.UPOS+" "+w.XPOS]
				if at != g {
					tt.add(f, g, 1, step)
					tt.add(f, at, -1, step)
				} else {
					right++
				}
				n++
				s[i].Tag = at
				step++
			}
			if !projective(gold) {
				continue
			}
			st := m.Start(s)
			left := make([]int, len(s)) // gold children missing
			for _, w := range gold.Words {
				if w.Head >= 0 {
					left[w.Head]++
				}
			}
			for !st.Done() {
				f = st.Features(f)
				g := linear.Shift
				if k := len(st.Stack); k > 0 {
					top := st.Stack[k-1]
					h := gold.Words[top].Head
					if left[top] == 0 && h == st.Buffer && st.Buffer < len(s) {
						g = linear.LeftArc
					} else if left[top] == 0 && k > 1 && h == st.Stack[k-2] {
						g = linear.RightArc
					}
				}
				if !st.Legal(g) {
					break
				}
				best, at := float32(-1e9), 0
				for a := range 3 {
					if st.Legal(a) {
						if v := ta.score(f, a); v > best {
							best, at = v, a
						}
					}
				}
				if at != g {
					ta.add(f, g, 1, step)
					ta.add(f, at, -1, step)
				}
				if g != linear.Shift {
					left[gold.Words[st.Stack[len(st.Stack)-1]].Head]--
				}
				st.Do(g)
			}
			for i := range s {
				s[i].Head = gold.Words[i].Head
			}
			for i, w := range gold.Words {
				f = m.RelFeatures(f, s, i)
				best, at := float32(-1e9), 0
				for c := range m.Rels {
					if v := tr.score(f, c); v > best {
						best, at = v, c
					}
				}
				if g := rels[w.Rel]; at != g {
					tr.add(f, g, 1, step)
					tr.add(f, at, -1, step)
				}
			}
		}
		fmt.Println(epoch, float64(right)/float64(n))
	}
	m.Tag, m.Act, m.Rel = tt.done(step), ta.done(step), tr.done(step)
	for _, set := range []string{"ewt-dev", "gum-dev"} {
		n, up, uas, las := 0, 0, 0, 0
		for _, gold := range read(set) {
			s := make([]linear.Word, len(gold.Words))
			for i, w := range gold.Words {
				s[i] = linear.Word{Form: w.Form, Lower: strings.ToLower(w.Form)}
			}
			m.Annotate(s)
			for i, w := range gold.Words {
				n++
				if strings.Fields(m.Tags[s[i].Tag])[0] == w.UPOS {
					up++
				}
				if s[i].Head == w.Head {
					uas++
					if m.Rels[s[i].Rel] == w.Rel {
						las++
					}
				}
			}
		}
		fmt.Printf("%s UPOS %.2f UAS %.2f LAS %.2f\n", set, 100*float64(up)/float64(n), 100*float64(uas)/float64(n), 100*float64(las)/float64(n))
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, 9)
	gob.NewEncoder(z).Encode(m)
	z.Close()
	os.WriteFile("internal/language/linear.model", b.Bytes(), 0o644)
	fmt.Println(b.Len(), "bytes")
}
