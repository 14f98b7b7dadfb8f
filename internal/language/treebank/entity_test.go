package treebank

import (
	"fmt"
	"testing"
)

func TestEntities(t *testing.T) {
	for _, tt := range []struct {
		columns []string
		want    string
	}{
		{[]string{"(1-person-new-cf1-1-sgl)", "", ""}, "[{person 0 1}]"},
		{[]string{"(1-place-new", "(2-place-new)", "1)"}, "[{place 1 2} {place 0 3}]"},
		{[]string{"(3-time-new", "(4-time-new", "(5-time-new)4)3)"}, "[{time 2 3} {time 1 3} {time 0 3}]"},
		{[]string{"(1-person-new(2-place-giv)", "", "1)"}, "[{place 0 1} {person 0 3}]"},
		{[]string{"9)", "(", "(x"}, "[]"},
	} {
		var s Sentence
		for _, c := range tt.columns {
			s.Words = append(s.Words, Word{Entity: c})
		}
		if got := fmt.Sprint(s.Entities()); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.columns, got, tt.want)
		}
	}
}
