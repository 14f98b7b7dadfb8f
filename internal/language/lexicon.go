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
