package events

import (
	stdjson "encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// goldens reads the events of the current major version, by the name of their file. They
// are never made anew from the code: a change after which one is not read as before, or
// not written as before, needs a new major version and a folder of its own.
func goldens(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/v1/*.json")
	if err != nil || len(paths) < len(decoders) {
		t.Fatalf("%d golden events, %v", len(paths), err)
	}
	all := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(path), ".json")] = data
	}
	return all
}

// kindOf gives the kind of event of a golden file: alert.denial.json is an alert.
func kindOf(name string) string {
	kind, _, _ := strings.Cut(name, ".")
	return kind
}

// TestGolden reads what an earlier program wrote, and writes the same.
func TestGolden(t *testing.T) {
	for name, data := range goldens(t) {
		t.Run(name, func(t *testing.T) {
			written := rewrite(t, kindOf(name), data)
			if got, want := value(t, written), value(t, data); !reflect.DeepEqual(got, want) {
				t.Errorf("not what the file says: %s", written)
			}
		})
	}
}

// rewrite reads an event and writes it again.
func rewrite(t *testing.T, kind string, data []byte) []byte {
	t.Helper()
	event, err := decoders[kind](data)
	if err != nil {
		t.Fatal(err)
	}
	written, err := Encode(event)
	if err != nil {
		t.Fatal(err)
	}
	return written
}

// TestUnknownFieldsAreIgnored adds a field of a later minor version to every object.
func TestUnknownFieldsAreIgnored(t *testing.T) {
	for name, data := range goldens(t) {
		later, err := stdjson.Marshal(withField(value(t, data)))
		if err != nil {
			t.Fatal(err)
		}
		got, want := rewrite(t, kindOf(name), later), rewrite(t, kindOf(name), data)
		if !reflect.DeepEqual(value(t, got), value(t, want)) {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

// withField adds a field to every object of a value, but for those whose names are data.
func withField(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = withField(v[i])
		}
	case map[string]any:
		for name, field := range v {
			if name != "extra" && name != "headers" {
				v[name] = withField(field)
			}
		}
		v["of_tomorrow"] = []any{map[string]any{"a": nil}, "b", 1.5}
	}
	return v
}

// TestGoldensAreWhole wants every field of every type set in some golden event, so that
// none can be added, renamed or dropped without a trace.
func TestGoldensAreWhole(t *testing.T) {
	set, all := map[string]bool{}, map[string]bool{}
	for name, data := range goldens(t) {
		event, err := decoders[kindOf(name)](data)
		if err != nil {
			t.Fatal(err)
		}
		walkFields(reflect.ValueOf(event), set, all)
	}
	for field := range all {
		if !set[field] {
			t.Errorf("%s is empty in every golden event", field)
		}
	}
	if len(all) < 100 {
		t.Errorf("the walk saw only %d fields", len(all))
	}
}

// walkFields notes the fields of a value, and which of them hold something.
func walkFields(v reflect.Value, set, all map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walkFields(v.Elem(), set, all)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkFields(v.Index(i), set, all)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue // the inside of a time
			}
			field := v.Type().Name() + "." + f.Name
			all[field] = true
			set[field] = set[field] || !v.Field(i).IsZero()
			walkFields(v.Field(i), set, all)
		}
	}
}

// TestGoldenSpans holds the golden findings to the golden text, so that whoever reads
// them as an example learns how spans count.
func TestGoldenSpans(t *testing.T) {
	article, err := Decode[Article](goldens(t)["article"])
	if err != nil {
		t.Fatal(err)
	}
	text, spans := []rune(article.Text), 0
	for name, data := range goldens(t) {
		if kind := kindOf(name); kind != "annotation" && kind != "alert" {
			continue
		}
		walkSpans(value(t, data), func(start, end int, words string) {
			if spans++; start < 0 || end > len(text) || start >= end || string(text[start:end]) != words {
				t.Errorf("%s: %d to %d is not %q", name, start, end, words)
			}
		})
	}
	if spans < 30 {
		t.Errorf("only %d spans", spans)
	}
}

func walkSpans(v any, visit func(start, end int, words string)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			walkSpans(item, visit)
		}
	case map[string]any:
		start, isSpan := v["start"].(float64)
		if isSpan {
			visit(int(start), int(v["end"].(float64)), v["text"].(string))
		}
		for _, field := range v {
			walkSpans(field, visit)
		}
	}
}

func value(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := stdjson.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
