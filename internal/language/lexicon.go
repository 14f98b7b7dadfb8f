package language

import "strings"

// Set makes a set of the words of a list, which are parted by space.
func Set(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// Lists reads a file of word lists. A line "[name]" begins a list, "#" a comment; all
// other lines hold words of the list, parted by space.
func Lists(file string) map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	list := map[string]bool{}
	for line := range strings.Lines(file) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		if name, ok := strings.CutPrefix(line, "["); ok {
			list = map[string]bool{}
			lists[strings.TrimRight(name, "] ")] = list
			continue
		}
		for w := range strings.FieldsSeq(line) {
			list[w] = true
		}
	}
	return lists
}
