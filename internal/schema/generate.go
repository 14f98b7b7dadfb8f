package schema

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
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
	out := map[string][]byte{}
	for name, event := range Events {
		r := &jsonschema.Reflector{AllowAdditionalProperties: true, Mapper: words.schema}
		if err := r.AddGoComments("", dir, jsonschema.WithFullComment()); err != nil {
			return nil, fmt.Errorf("read docstrings of %s: %w", dir, err)
		}
		// The comments come under the folder they were read from, wherever that is.
		for key, comment := range r.CommentMap {
			_, name, _ := strings.Cut(filepath.Base(key), ".")
			r.CommentMap["readout/pkg/events."+name] = strings.Join(strings.Fields(comment), " ")
		}
		s := r.Reflect(event)
		s.ID = jsonschema.ID("urn:readout:schema:" + name + ":" + strconv.Itoa(events.Schema))
		data, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return nil, fmt.Errorf("write schema of %s: %w", name, err)
		}
		out[name] = append(data, '\n')
	}
	return out, nil
}

// vocabulary lists the constants of each type of strings.
type vocabulary map[string][]any

// vocabularies reads the constants of pkg/events.
func vocabularies(dir string) (vocabulary, error) {
	packages, err := parser.ParseDir(token.NewFileSet(), dir, nil, 0)
	if err != nil {
		return nil, fmt.Errorf("read constants of %s: %w", dir, err)
	}
	words := vocabulary{}
	for _, file := range packages["events"].Files {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Type == nil || len(spec.Values) != 1 {
				return true
			}
			kind, isName := spec.Type.(*ast.Ident)
			value, isLiteral := spec.Values[0].(*ast.BasicLit)
			if isName && isLiteral && value.Kind == token.STRING {
				if word, err := strconv.Unquote(value.Value); err == nil {
					words[kind.Name] = append(words[kind.Name], word)
				}
			}
			return true
		})
	}
	return words, nil
}

// schema gives the schema of a type of strings with a closed vocabulary; nil for others.
func (v vocabulary) schema(t reflect.Type) *jsonschema.Schema {
	words, ok := v[t.Name()]
	if !ok || t.Kind() != reflect.String {
		return nil
	}
	return &jsonschema.Schema{Type: "string", Enum: words}
}
