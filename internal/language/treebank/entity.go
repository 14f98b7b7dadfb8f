package treebank

import (
	"slices"
	"strings"
)

// Entity is a stretch of words that stands for somebody or something, as the last column
// tells it.
type Entity struct {
	// Type is "person", "place", "organization", "time" and so on.
	Type string
	// First and Last bound its words, Last exclusive.
	First, Last int
}

// Entities gives the entities of a sentence, in the order in which they end.
func (s *Sentence) Entities() (all []Entity) {
	type open struct {
		id, kind string
		first    int
	}
	var stack []open
	for i, w := range s.Words {
		for rest := w.Entity; rest != ""; {
			if rest[0] == '(' {
				end := strings.IndexAny(rest[1:], "()") + 1
				if end == 0 {
					end = len(rest)
				}
				fields := strings.Split(rest[1:end], "-")
				if len(fields) < 2 {
					break
				}
				stack = append(stack, open{fields[0], fields[1], i})
				if rest = rest[end:]; rest == "" || rest[0] == '(' {
					continue
				}
				rest = rest[1:]
				top := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				all = append(all, Entity{top.kind, top.first, i + 1})
				continue
			}
			id, behind, _ := strings.Cut(rest, ")")
			rest = behind
			for k, o := range slices.Backward(stack) {
				if o.id == id {
					stack = slices.Delete(stack, k, k+1)
					all = append(all, Entity{o.kind, o.first, i + 1})
					break
				}
			}
		}
	}
	return all
}
