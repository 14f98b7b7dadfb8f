package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"readout/docs"
)

// document is the part of docs/asyncapi.yaml that messages are held to.
type document struct {
	Channels   map[string]channel
	Components struct {
		Messages map[string]struct{ Headers, Payload reference }
		Schemas  map[string]json.RawMessage
	}
}

type channel struct {
	Address    string
	Parameters map[string]struct{ Enum []string }
	Messages   map[string]reference
}

type reference struct {
	Ref string `json:"$ref"`
}

// form is what one kind of message has to look like.
type form struct {
	kind             string
	subject          *regexp.Regexp
	headers, payload *jsonschema.Schema
}

// forms reads the documents, once.
var forms = sync.OnceValues(func() ([]form, error) {
	text, err := fs.ReadFile(docs.Files, "asyncapi.yaml")
	if err != nil {
		return nil, err
	}
	var doc document
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("read asyncapi.yaml: %w", err)
	}
	var all []form
	for _, c := range doc.Channels {
		for kind := range c.Messages {
			f, err := doc.form(kind)
			if err != nil {
				return nil, fmt.Errorf("read asyncapi.yaml: message %s: %w", kind, err)
			}
			f.subject = c.pattern()
			all = append(all, f)
		}
	}
	return all, nil
})

// form compiles the schemas of a kind of message.
func (d *document) form(kind string) (form, error) {
	message := d.Components.Messages[kind]
	payload, err := fs.ReadFile(docs.Files, message.Payload.Ref)
	if err != nil {
		return form{}, err
	}
	f := form{kind: kind}
	if f.payload, err = compile(message.Payload.Ref, payload); err != nil {
		return form{}, err
	}
	name := strings.TrimPrefix(message.Headers.Ref, "#/components/schemas/")
	f.headers, err = compile(name+".json", d.Components.Schemas[name])
	return f, err
}

func compile(name string, data []byte) (*jsonschema.Schema, error) {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, value); err != nil {
		return nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	return compiler.Compile(name)
}

var parameter = regexp.MustCompile(`\{([a-z]+)\}`)

// pattern makes an expression for the subjects that the address of a channel stands for.
func (c channel) pattern() *regexp.Regexp {
	expr := parameter.ReplaceAllStringFunc(strings.ReplaceAll(c.Address, ".", `\.`), func(p string) string {
		if words := c.Parameters[p[1:len(p)-1]].Enum; len(words) > 0 {
			return "(?:" + strings.Join(words, "|") + ")"
		}
		return "[a-z0-9_-]{1,64}"
	})
	return regexp.MustCompile("^" + expr + "$")
}
