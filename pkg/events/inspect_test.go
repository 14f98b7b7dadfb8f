package events

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"
)

func TestInspectRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, data string
		want       error
	}{
		{"nothing", "", ErrEmpty},
		{"one byte too many", `{"text":"` + strings.Repeat("a", MaxSubmission-10) + `"}`, ErrTooLarge},
		{"one field too many", manyFields(MaxFields + 1), ErrTooLarge},
		{"a cut character", "{\"text\":\"\xe2\x82\"}", ErrInvalidUTF8},
		{"a byte of another encoding", "{\"text\":\"caf\xe9\"}", ErrInvalidUTF8},
		{"prose", "Talks at the border", ErrNotJSON},
		{"space alone", " \n\t", ErrNotJSON},
		{"a list", `["text"]`, ErrNotJSON},
		{"a string", `"text"`, ErrNotJSON},
		{"a byte order mark", "\ufeff{}", ErrNotJSON},
		{"400 KB of brackets", strings.Repeat("[", 400_000), ErrNotJSON},
		{"400 KB of brackets in a field", `{"text":` + strings.Repeat("[", 400_000), ErrTooDeep},
		{"400 KB of braces", strings.Repeat(`{"a":`, 80_000), ErrTooDeep},
		{"one level too many", `{"a":` + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth) + "}", ErrTooDeep},
		{"cut after a field", `{"text":"a"`, ErrNotJSON},
		{"cut in a string", `{"text":"a`, ErrNotJSON},
		{"cut in an escape", `{"text":"a\`, ErrNotJSON},
		{"cut in a list", `{"text":[1,2`, ErrNotJSON},
		{"text after the end", `{"text":"a"} and more`, ErrNotJSON},
		{"two objects", `{"text":"a"}{"text":"b"}`, ErrNotJSON},
		{"a bracket too many", `{"text":"a"}]`, ErrNotJSON},
		{"the first half of a pair", `{"text":"\ud83d"}`, ErrSurrogate},
		{"the second half of a pair", `{"text":"\uDE00"}`, ErrSurrogate},
		{"the halves turned round", `{"text":"\ude00\ud83d"}`, ErrSurrogate},
		{"two first halves", `{"text":"\ud83d\ud83d\ude00"}`, ErrSurrogate},
		{"a string that ends in the middle of a pair", `{"a":"\ud8"a\udc00"}`, ErrNotJSON},
		{"half a pair in a name", `{"\ud83d":1}`, ErrSurrogate},
		{"half a pair deep inside", `{"a":[{"b":"\uD83D x"}]}`, ErrSurrogate},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if fields, err := Inspect([]byte(tt.data)); !errors.Is(err, tt.want) {
				t.Errorf("got %d fields, %v, want %v", len(fields), err, tt.want)
			}
		})
	}
}

func TestInspectFields(t *testing.T) {
	for _, tt := range []struct {
		name, data string
		want       map[string]string
	}{
		{"no field", ` { } `, map[string]string{}},
		{"space all round", "\n{ \"a\" :\t1 ,\r\"b\": null }\n", map[string]string{"a": "1", "b": "null"}},
		{"nested names are not fields", `{"a":{"b":1,"c":{"a":2}},"d":[{"e":3},"f"]}`, map[string]string{"a": `{"b":1,"c":{"a":2}}`, "d": `[{"e":3},"f"]`}},
		{"the last of two", `{"a":1,"b":2,"a":[3]}`, map[string]string{"a": "[3]", "b": "2"}},
		{"the last of two spellings", `{"text":"x","te\u0078t":"y"}`, map[string]string{"text": `"y"`}},
		{"escapes in a name", `{"a\"b":1,"\\":2,"\u00e9\n":3,"":4}`, map[string]string{`a"b`: "1", `\`: "2", "é\n": "3", "": "4"}},
		{"brackets and commas in strings", `{"a":"}],{[:\"","b":"\\"}`, map[string]string{"a": `"}],{[:\""`, "b": `"\\"`}},
		{"a pair of surrogates", `{"\ud83d\ude00":"\uD83D\uDE00"}`, map[string]string{"😀": `"\uD83D\uDE00"`}},
		{"an escape before what looks like one", `{"a":"\\ud83d"}`, map[string]string{"a": `"\\ud83d"`}},
		{"as deep as may be", `{"a":` + strings.Repeat("[", MaxDepth-1) + strings.Repeat("]", MaxDepth-1) + "}",
			map[string]string{"a": strings.Repeat("[", MaxDepth-1) + strings.Repeat("]", MaxDepth-1)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fields, err := Inspect([]byte(tt.data))
			got := map[string]string{}
			for name, value := range fields {
				got[name] = string(value)
			}
			if err != nil || !maps.Equal(got, tt.want) {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestInspectAtItsBounds(t *testing.T) {
	if _, err := Inspect([]byte(`{"text":"` + strings.Repeat("a", MaxSubmission-11) + `"}`)); err != nil {
		t.Errorf("the largest message: %v", err)
	}
	if fields, err := Inspect([]byte(manyFields(MaxFields))); err != nil || len(fields) != MaxFields {
		t.Errorf("the most fields: %d, %v", len(fields), err)
	}
}

// TestInspectIsLinear compares what a long message costs with what one an eighth as long
// costs: eight times as much where the cost is linear, 64 times where it is quadratic.
func TestInspectIsLinear(t *testing.T) {
	for name, part := range map[string]string{"brackets": `[`, "escapes": `\n`, "escaped quotes": `\"`, "escaped characters": `\u00e9`, "prose": `the road `} {
		for _, end := range []string{`"}`, ``} {
			message := func(size int) []byte { return []byte(`{"text":"` + strings.Repeat(part, size/len(part)) + end) }
			small, large := message(120_000), message(960_000)
			short, long := cost(func() { _, _ = Inspect(small) }), cost(func() { _, _ = Inspect(large) })
			if long > 30*short {
				t.Errorf("%s, end %q: %v for 120 KB, %v for 960 KB", name, end, short, long)
			}
		}
	}
}

// TestBracketsCostNothing wants 400 KB of brackets to cost hardly more than the look at
// their encoding, which takes microseconds.
func TestBracketsCostNothing(t *testing.T) {
	data := []byte(`{"text":` + strings.Repeat("[", 400_000))
	least := cost(func() { utf8.Valid(data) })
	if took := cost(func() { _, _ = Inspect(data) }); took > 10*least {
		t.Errorf("took %v, the encoding alone %v", took, least)
	}
}

// cost gives the best time of several runs, for the machine may be busy. What the
// functions say is held by other tests.
func cost(run func()) time.Duration {
	best := time.Hour
	for range 10 {
		begin := time.Now()
		run()
		best = min(best, time.Since(begin))
	}
	return best
}

// FuzzInspect holds Inspect to the codec of the standard library: what both take has the
// same fields, and what the standard library takes is refused for a bound alone.
func FuzzInspect(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1,"a":{"b":[2]}}`, `{"\u0061":"\ud83d\ude00"}`, `{"a":"\ud83d"}`, `{"a" : [ ] , "b":null}x`,
		"{\"a\":\"\xff\"}", `{"a":1]`, `{,"a":1}`, `{"a"1:2}`, `{"a":"b":"c"}`, `{"a":1,}`, `[[[`, `{"text":"a","x":1 2}`, "\ufeff{}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Inspect(data)
		var want map[string]stdjson.RawMessage
		if stdjson.Unmarshal(data, &want) != nil || want == nil {
			return // no object: the decoder behind Inspect refuses it
		}
		if err != nil {
			checkRefusal(t, data, err)
			return
		}
		if !maps.EqualFunc(got, want, func(a json.RawMessage, b stdjson.RawMessage) bool { return string(a) == string(b) }) {
			t.Errorf("%q: got %q, want %q", data, got, want)
		}
	})
}

// checkRefusal wants a reason that holds for the refusal of a JSON object.
func checkRefusal(t *testing.T, data []byte, err error) {
	t.Helper()
	var value any
	if e := stdjson.Unmarshal(data, &value); e != nil {
		t.Fatal(e)
	}
	replaced := strings.ContainsRune(fmt.Sprint(value), utf8.RuneError)
	switch {
	case errors.Is(err, ErrInvalidUTF8) && !utf8.Valid(data):
	case errors.Is(err, ErrSurrogate) && replaced:
	case errors.Is(err, ErrTooDeep) && strings.Count(string(data), "[")+strings.Count(string(data), "{") > MaxDepth:
	case errors.Is(err, ErrTooLarge) && len(data) > MaxFields:
	default:
		t.Errorf("%q: %v", data, err)
	}
}

// manyFields makes an object of n short fields.
func manyFields(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"%x":1`, i)
	}
	return "{" + b.String()[1:] + "}"
}

// BenchmarkInspect shows a cost that is linear in the length: the bytes in a second are
// about the same at every size.
func BenchmarkInspect(b *testing.B) {
	line := `The council of the harbour met and heard \"what its officers\" had to say.\n\n`
	for _, size := range []int{1 << 10, 10 << 10, 100 << 10, 1 << 20} {
		prose := []byte(`{"id":"a-1","title":"The works","text":"` + strings.Repeat(line, (size-60)/len(line)) + `"}`)
		escapes := []byte(`{"text":"` + strings.Repeat(`\n`, (size-20)/2) + `"}`)
		nested := []byte(`{"text":[` + strings.Repeat(`{"a":[]},`, (size-20)/9) + `0]}`)
		for name, data := range map[string][]byte{"prose": prose, "escapes": escapes, "nested": nested} {
			b.Run(fmt.Sprintf("%s/%dKB", name, size>>10), func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Inspect(data); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	for name, text := range map[string]string{"brackets": `{"text":` + strings.Repeat("[", 400_000), "fields": manyFields(100_000)} {
		data := []byte(text)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Inspect(data); err == nil {
					b.Fatal("taken")
				}
			}
		})
	}
}
