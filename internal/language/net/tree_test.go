package net

import (
	"math/rand/v2"
	"testing"
)

// value gives the sum of the scores of a tree, and whether it is one.
func value(scores []int32, width, n int, heads []int32) (sum int64, tree bool) {
	roots := 0
	for d, h := range heads {
		if h < 0 {
			roots++
		}
		sum += int64(scores[d*width+int(h)+1])
		at, steps := int32(d), 0
		for at >= 0 && steps <= n {
			at = heads[at]
			steps++
		}
		if at >= 0 {
			return 0, false
		}
	}
	return sum, roots == 1
}

// TestBestTree compares with all trees of small sentences in which the same word is the
// root.
func TestBestTree(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	var a arborist
	for range 3000 {
		n := 1 + r.IntN(5)
		width := n + 1 + r.IntN(3)
		scores := make([]int32, n*width)
		for i := range scores {
			scores[i] = int32(r.IntN(2000) - 1000)
		}
		heads := a.best(scores, width, n)
		got, tree := value(scores, width, n, heads)
		if !tree {
			t.Fatalf("no tree: %v of %v", heads, scores)
		}
		root := 0
		for d, h := range heads {
			if h < 0 {
				root = d
			}
		}
		try := make([]int32, n)
		var all func(d int)
		all = func(d int) {
			if d == n {
				if v, ok := value(scores, width, n, try); ok && try[root] < 0 && v > got {
					t.Fatalf("%v is worth %d, %v %d", heads, got, try, v)
				}
				return
			}
			for h := -1; h < n; h++ {
				if h != d {
					try[d] = int32(h)
					all(d + 1)
				}
			}
		}
		all(0)
	}
}

// TestTreeOfTies reads scores that are all the same, in a long sentence.
func TestTreeOfTies(t *testing.T) {
	const n = 120
	var a arborist
	scores := make([]int32, n*(n+8))
	if _, tree := value(scores, n+8, n, a.best(scores, n+8, n)); !tree {
		t.Fatal("no tree")
	}
}
