package events

import (
	stdjson "encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"
)

// decoders reads the events by the name of their golden file.
var decoders = map[string]func([]byte) (any, error){
	"submission":  decode[Submission],
	"article":     decode[Article],
	"annotation":  decode[Annotation],
	"alert":       decode[Alert],
	"dead_letter": decode[DeadLetter],
}

func decode[T Submission | Article | Annotation | Alert | DeadLetter](data []byte) (any, error) {
	event, err := Decode[T](data)
	if err != nil {
		return nil, err
	}
	return *event, nil
}

func TestDecodeRefusesOtherVersions(t *testing.T) {
	for name, decode := range decoders {
		for _, data := range []string{
			`{"schema":2}`, `{"schema":-1}`,
			`{"schema":2,"text":{"blocks":[]},"id":7,"article":"ar_1"}`, // another form altogether
		} {
			if _, err := decode([]byte(data)); !errors.Is(err, ErrSchema) {
				t.Errorf("%s %s: %v, want %v", name, data, err, ErrSchema)
			}
		}
		_, err := decode([]byte(`{"text":"a"}`))
		if (name == "submission") != (err == nil) || err != nil && !errors.Is(err, ErrSchema) {
			t.Errorf("%s without a version: %v; only a submission may leave it out", name, err)
		}
	}
}

func TestDecodeRefusesOtherForms(t *testing.T) {
	for name, decode := range decoders {
		for _, data := range []string{``, `null x`, `[]`, `"a"`, `{"schema":"1"}`, `{"schema":1`, `{"schema":1}{}`, `{"schema":1,}`,
			`{"schema":1,"x":tru}`, `{"schema":1,"x":[1}`, "{\"schema\":1,\"x\":\"\n\"}", `{"schema":1,"x":"\q"}`, `{"schema":1,"id":{}}`} {
			if event, err := decode([]byte(data)); err == nil || errors.Is(err, ErrSchema) {
				t.Errorf("%s %s: %+v, %v; want word of its form", name, data, event, err)
			}
		}
	}
}

// TestNamesAreExact keeps one field from being read under two spellings: ingest passes on
// as unknown what is not spelt as the schema spells it.
func TestNamesAreExact(t *testing.T) {
	s, err := Decode[Submission]([]byte(`{"text":"a","TEXT":"b","Text":{},"Schema":9,"Title":"c"}`))
	if err != nil || s.Text != "a" || s.Title != "" {
		t.Errorf("got %+v, %v", s, err)
	}
}

// TestFieldsAreKnownTypes holds the events to types that are bounded by what is read:
// a nested list that is decoded into an interface costs the square of its depth.
func TestFieldsAreKnownTypes(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, event := range []any{Submission{}, Article{}, Annotation{}, Alert{}, DeadLetter{}} {
		walkTypes(t, reflect.TypeOf(event), seen)
	}
	if !seen[reflect.TypeFor[Span]()] || !seen[reflect.TypeFor[Answer]()] {
		t.Error("the walk does not reach the findings")
	}
}

func walkTypes(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool) {
	t.Helper()
	if seen[typ] || typ.PkgPath() == "time" {
		return
	}
	seen[typ] = true
	switch typ.Kind() {
	case reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex128:
		t.Errorf("%s is reached from an event: it has no form on the wire", typ)
	case reflect.Map:
		walkTypes(t, typ.Key(), seen)
		walkTypes(t, typ.Elem(), seen)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		walkTypes(t, typ.Elem(), seen)
	case reflect.Struct:
		for i := range typ.NumField() {
			f := typ.Field(i)
			if !f.Anonymous && (f.Tag.Get("json") == "" || !f.IsExported()) {
				t.Errorf("%s.%s has no name on the wire", typ, f.Name)
			}
			walkTypes(t, f.Type, seen)
		}
	}
}

// TestEncodeIsAlwaysJSON gives the codec what no JSON text can hold.
func TestEncodeIsAlwaysJSON(t *testing.T) {
	letter := DeadLetter{Schema: Schema, Error: "at \xff\x00\u2028<&>", Original: []byte("\xff\x00{"), Headers: map[string]string{"\xfe": "\x01"}}
	data, err := Encode(letter)
	if err != nil || !stdjson.Valid(data) || !utf8.Valid(data) {
		t.Fatalf("%q, %v", data, err)
	}
	got, err := Decode[DeadLetter](data)
	if err != nil || string(got.Original) != string(letter.Original) || got.Error != "at \ufffd\x00\u2028<&>" {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, event := range map[string]any{
		"not a number":  Alert{Confidence: math.NaN()},
		"infinite":      Annotation{Findings: Findings{Statements: []Statement{{Finding: Finding{Confidence: math.Inf(1)}}}}},
		"a broken part": Article{ArticleRef: ArticleRef{Extra: map[string]json.RawMessage{"a": json.RawMessage(`{"b":`)}}},
	} {
		if data, err := Encode(event); err == nil {
			t.Errorf("%s: %s", name, data)
		} else if !strings.Contains(err.Error(), "encode events.") {
			t.Errorf("%s: the error does not say what was encoded: %v", name, err)
		}
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	data, err := Append([]byte("before "), Submission{Text: "a"})
	if err != nil || string(data) != `before {"text":"a"}` {
		t.Errorf("got %s, %v", data, err)
	}
}

// TestOneEventOneLine writes fields that a publisher spread over lines.
func TestOneEventOneLine(t *testing.T) {
	article := Article{Schema: Schema, Text: "a\nb", ArticleRef: ArticleRef{Extra: map[string]json.RawMessage{"desk": json.RawMessage("{\n \"id\":\t7,\r\n \"note\": \"a\\n b\" }")}}}
	data, err := Append([]byte("before\n"), article)
	line, kept := strings.CutPrefix(string(data), "before\n")
	if err != nil || !kept || strings.ContainsAny(line, "\n\r") || !strings.Contains(line, `"desk":{"id":7,"note":"a\n b"}`) {
		t.Errorf("got %q, %v", data, err)
	}
}

// FuzzDecode wants of every event that can be read at all that it can be written, and
// read again as the same.
func FuzzDecode(f *testing.F) {
	for name, data := range goldens(f) {
		f.Add(kindOf(name), data)
	}
	f.Add("submission", []byte(`{"text":"\ud83d","published":"0000-01-01T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		decode := decoders[kind]
		if decode == nil {
			return
		}
		first, err := decode(data)
		if err != nil {
			return
		}
		if !stdjson.Valid(data) {
			t.Errorf("%s: %q is read, and is no JSON", kind, data)
		}
		written, err := Encode(first)
		if err != nil {
			t.Fatalf("%s: %+v cannot be written: %v", kind, first, err)
		}
		again, err := decode(written)
		if err != nil {
			t.Fatalf("%s: %s cannot be read: %v", kind, written, err)
		}
		if last, err := Encode(again); err != nil || string(last) != string(written) {
			t.Errorf("%s: first %s, then %s, %v", kind, written, last, err)
		}
	})
}
