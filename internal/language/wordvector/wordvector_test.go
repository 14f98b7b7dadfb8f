package wordvector

import (
	"fmt"
	"strings"
	"testing"
)

// TestRead reads what is wanted, in order and no further than asked, past a word that is
// called as the key; a short vector is told.
func TestRead(t *testing.T) {
	numbers := strings.TrimSuffix(strings.Repeat("0.5,", Width+2), ",")
	in := fmt.Sprintf(`{"size":3,"words":["vectors","road","pass"],"vectors":{"vectors":[%[1]s],"road":[%[1]s],"pass":[1]},"x":{}}`, numbers)
	var got []string
	take := func(word string, v []float64) { got = append(got, fmt.Sprint(word, len(v), v[Width-1])) }
	all := func(string) bool { return true }
	if err := read(strings.NewReader(in), func(place int) bool { return place < 2 }, all, take); err != nil || strings.Join(got, " ") != "vectors100 0.5 road100 0.5" {
		t.Errorf("got %q, %v", got, err)
	}
	got = nil
	if err := read(strings.NewReader(in), func(int) bool { return true }, func(w string) bool { return w == "road" }, take); err != nil || len(got) != 1 {
		t.Errorf("got %q, %v", got, err)
	}
	if err := read(strings.NewReader(in), func(int) bool { return true }, all, take); err == nil || !strings.Contains(err.Error(), `"pass" has 1 numbers`) {
		t.Errorf("a short vector: %v", err)
	}
}
