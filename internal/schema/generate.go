package schema

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"

	"readout/pkg/events"
)

// Events are the events by the name of their schema file.
var Events = map[string]any{
	"submission":  events.Submission{},
	"article":     events.Article{},
	"annotation":  events.Annotation{},
	"alert":       events.Alert{},
	"dead_letter": events.DeadLetter{},
}

// Generate gives the schema of every event by name. dir is the folder of the source of
// pkg/events, from which descriptions and vocabularies are taken.
func Generate(dir string) (map[string][]byte, error) {
	words, err := vocabularies(dir)
	if err != nil {
		return nil, err
	}
	r := &jsonschema.Reflector{AllowAdditionalProperties: true, Mapper: words.schema}
	if err := r.AddGoComments("", dir, jsonschema.WithFullComment()); err != nil {
		return nil, fmt.Errorf("read docstrings of %s: %w", dir, err)
	}
	// The comments come under the folder they were read from, wherever that is.
	for key, comment := range r.CommentMap {
		_, name, _ := strings.Cut(filepath.Base(key), ".")
		r.CommentMap["readout/pkg/events."+name] = strings.Join(strings.Fields(comment), " ")
	}
	out := map[string][]byte{}
	for name, event := range Events {
		s := r.Reflect(event)
		s.ID = jsonschema.ID("urn:readout:schema:" + name + ":" + strconv.Itoa(events.Schema))
		for kind, def := range s.Definitions {
			refine(kind, def)
		}
		data, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return nil, fmt.Errorf("write schema of %s: %w", name, err)
		}
		out[name] = append(data, '\n')
	}
	return out, nil
}

// refine adds to the schema of a type what its Go form does not say.
func refine(kind string, s *jsonschema.Schema) {
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		if p.Key == "schema" {
			p.Value.Enum = versions(kind)
		}
		if nullable := p.Value.OneOf; len(nullable) > 0 {
			p.Value.Description, nullable[0].Description = nullable[0].Description, ""
		}
	}
	if kind == "Alert" {
		s.OneOf, s.AllOf = oneFinding()
	}
}

// versions lists the major versions an event may state.
func versions(kind string) []any {
	if kind == "Submission" {
		return []any{0, events.Schema}
	}
	return []any{events.Schema}
}

// oneFinding says that an alert holds one finding, and that its kind names which.
func oneFinding() (one, named []*jsonschema.Schema) {
	for _, kind := range events.Kinds() {
		finding := &jsonschema.Schema{Required: []string{string(kind)}}
		is := jsonschema.NewProperties()
		is.Set("kind", &jsonschema.Schema{Const: kind})
		one = append(one, finding)
		named = append(named, &jsonschema.Schema{If: &jsonschema.Schema{Properties: is}, Then: finding})
	}
	return one, named
}

// schema gives the schema of a type of strings with a closed vocabulary, and of numbers
// that count; nil for others.
func (v vocabulary) schema(t reflect.Type) *jsonschema.Schema {
	if t.Kind() == reflect.Uint64 {
		return &jsonschema.Schema{Type: "integer", Minimum: "0"}
	}
	words, ok := v[t.Name()]
	if !ok || t.Kind() != reflect.String {
		return nil
	}
	return &jsonschema.Schema{Type: "string", Enum: words}
}
