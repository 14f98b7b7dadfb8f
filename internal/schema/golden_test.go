package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"readout/pkg/events"
)

// goldens reads the golden events, by the name of their file.
func goldens(t *testing.T) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("../../pkg/events/testdata/v1/*.json")
	if err != nil || len(paths) < len(Events) {
		t.Fatalf("%d golden events, %v", len(paths), err)
	}
	all := map[string][]byte{}
	for _, path := range paths {
		if all[strings.TrimSuffix(filepath.Base(path), ".json")], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// kindOf gives the kind of event of a golden file: alert.denial.json is an alert.
func kindOf(name string) string {
	kind, _, _ := strings.Cut(name, ".")
	return kind
}

func TestGoldensAreValid(t *testing.T) {
	for name, data := range goldens(t) {
		if err := Validate(kindOf(name), data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSpoiltGoldens spoils every field of every golden event, one at a time: left out,
// of another type, with a word that is in no vocabulary; and adds a field to every object.
func TestSpoiltGoldens(t *testing.T) {
	for name, data := range goldens(t) {
		t.Run(name, func(t *testing.T) {
			var root any
			if err := json.Unmarshal(data, &root); err != nil {
				t.Fatal(err)
			}
			s := spoiler{t: t, kind: kindOf(name), root: root}
			s.value(name, reflect.TypeOf(Events[s.kind]), root)
			if s.tries < 20 {
				t.Errorf("only %d ways to spoil it", s.tries)
			}
		})
	}
}

// spoiler walks over an event, spoils it in place and mends it again.
type spoiler struct {
	t     *testing.T
	kind  string
	root  any
	tries int
}

// try wants the schema to take or to refuse the event as it is now.
func (s *spoiler) try(what string, ok bool) {
	s.t.Helper()
	s.tries++
	data, err := json.Marshal(s.root)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := Validate(s.kind, data); (err == nil) != ok {
		s.t.Errorf("%s: taken %t, want %t (%v)", what, err == nil, ok, err)
	}
}

func (s *spoiler) value(path string, typ reflect.Type, v any) {
	switch typ.Kind() {
	case reflect.Pointer:
		s.value(path, typ.Elem(), v)
	case reflect.Slice:
		items, _ := v.([]any) // bytes are a string
		for i := range items {
			s.value(fmt.Sprintf("%s[%d]", path, i), typ.Elem(), items[i])
		}
	case reflect.Struct:
		if object, ok := v.(map[string]any); ok { // a time is a string
			s.fields(path, typ, object)
			object["of_tomorrow"] = []any{1}
			s.try(path+" with an unknown field", true)
			delete(object, "of_tomorrow")
		}
	}
}

func (s *spoiler) fields(path string, typ reflect.Type, object map[string]any) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			s.fields(path, f.Type, object)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		old, ok := object[name]
		if !ok {
			continue
		}
		at := path + "." + name
		delete(object, name)
		s.try("without "+at, options == "omitempty" && name != kindOfAlert(object))
		for _, wrong := range spoil(f, old) {
			object[name] = wrong
			s.try(fmt.Sprintf("%s is %v", at, wrong), false)
		}
		object[name] = old
		s.value(at, f.Type, old)
	}
}

// kindOfAlert names the finding that an alert must hold.
func kindOfAlert(object map[string]any) string {
	kind, _ := object["kind"].(string)
	return kind
}

// spoil gives values that a field cannot have.
func spoil(f reflect.StructField, old any) []any {
	switch old.(type) {
	case string:
		wrong := []any{7.0, []any{}}
		if f.Type.Kind() == reflect.String && f.Type.PkgPath() != "" && f.Type != reflect.TypeFor[events.Text]() ||
			strings.Contains(f.Tag.Get("jsonschema"), "enum=") || strings.HasSuffix(f.Type.String(), "time.Time") {
			wrong = append(wrong, "rumour") // neither a word of a vocabulary nor a time
		}
		return wrong
	case float64:
		return []any{"7", map[string]any{}}
	case bool:
		return []any{"yes"}
	case []any:
		return []any{map[string]any{}, []any{false}, "one"}
	default:
		return []any{[]any{}, "one"}
	}
}

func TestAlertHoldsTheFindingOfItsKind(t *testing.T) {
	all := goldens(t)
	for _, kind := range events.Kinds() {
		for _, other := range events.Kinds() {
			if kind == other {
				continue
			}
			var alert, second map[string]any
			if json.Unmarshal(all["alert."+string(kind)], &alert) != nil || json.Unmarshal(all["alert."+string(other)], &second) != nil {
				t.Fatalf("no golden alert on a %s or a %s", kind, other)
			}
			turned := maps.Clone(alert)
			turned["kind"] = other
			alert[string(other)] = second[string(other)]
			for name, event := range map[string]any{"two findings": alert, "the finding of another kind": turned} {
				data, err := json.Marshal(event)
				if err != nil {
					t.Fatal(err)
				}
				if Validate("alert", data) == nil {
					t.Errorf("%s with %s (%s)", kind, name, other)
				}
			}
		}
	}
}

func TestVersionsOfTheSchemas(t *testing.T) {
	for name, data := range goldens(t) {
		for version, ok := range map[string]bool{`"schema": 0`: name == "submission", `"schema": 1`: true, `"schema": 2`: false} {
			spoilt := strings.Replace(string(data), `"schema": 1`, version, 1)
			if err := Validate(kindOf(name), []byte(spoilt)); (err == nil) != ok {
				t.Errorf("%s with %s: %v", name, version, err)
			}
		}
	}
}
