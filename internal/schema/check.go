package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"readout/docs"
)

// Checker holds messages to the documents under docs.
type Checker struct {
	payloads map[string]*jsonschema.Schema
	headers  map[string]*jsonschema.Schema
	channels map[string]*regexp.Regexp // by the name of the message
}

// document is the part of the AsyncAPI document that messages are held to.
type document struct {
	Channels map[string]struct {
		Address    string
		Parameters map[string]struct{ Enum []string }
		Messages   map[string]reference
	}
	Components struct {
		Messages map[string]struct{ Headers, Payload reference }
		Schemas  map[string]json.RawMessage
	}
}

type reference struct {
	Ref string `json:"$ref"`
}

// NewChecker reads the documents.
func NewChecker() (*Checker, error) {
	text, err := fs.ReadFile(docs.Files, "asyncapi.yaml")
	if err != nil {
		return nil, err
	}
	var doc document
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("read asyncapi.yaml: %w", err)
	}
	c := &Checker{payloads: map[string]*jsonschema.Schema{}, headers: map[string]*jsonschema.Schema{}, channels: map[string]*regexp.Regexp{}}
	for name, message := range doc.Components.Messages {
		payload, err := fs.ReadFile(docs.Files, message.Payload.Ref)
		if err != nil {
			return nil, fmt.Errorf("payload of %s: %w", name, err)
		}
		if c.payloads[name], err = compile(message.Payload.Ref, payload); err != nil {
			return nil, err
		}
		of := strings.TrimPrefix(message.Headers.Ref, "#/components/schemas/")
		if c.headers[name], err = compile(of+".json", doc.Components.Schemas[of]); err != nil {
			return nil, err
		}
	}
	for _, channel := range doc.Channels {
		for name := range channel.Messages {
			c.channels[name] = pattern(channel.Address, func(parameter string) []string { return channel.Parameters[parameter].Enum })
		}
	}
	return c, nil
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

// pattern makes an expression for the subjects that an address stands for.
func pattern(address string, words func(string) []string) *regexp.Regexp {
	expr := parameter.ReplaceAllStringFunc(strings.ReplaceAll(address, ".", `\.`), func(p string) string {
		if list := words(p[1 : len(p)-1]); len(list) > 0 {
			return "(?:" + strings.Join(list, "|") + ")"
		}
		return "[a-z0-9_-]{1,64}"
	})
	return regexp.MustCompile("^" + expr + "$")
}

// Messages lists the names of the messages.
func (c *Checker) Messages() []string { return slices.Sorted(maps.Keys(c.payloads)) }

// Payload holds the data of an event to its schema.
func (c *Checker) Payload(message string, data []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s: %w", message, err)
	}
	return c.payloads[message].Validate(value)
}

// Message holds a whole message to the documents: its subject, headers and payload.
func (c *Checker) Message(message, subject string, headers map[string]string, data []byte) error {
	if !c.channels[message].MatchString(subject) {
		return fmt.Errorf("%s: subject %q does not fit %s", message, subject, c.channels[message])
	}
	all := map[string]any{}
	for k, v := range headers {
		all[k] = v
	}
	if err := c.headers[message].Validate(all); err != nil {
		return fmt.Errorf("%s: headers: %w", message, err)
	}
	if kind := headers["ce-type"]; kind != "" && kind != "readout."+message+".v1" {
		return fmt.Errorf("%s: ce-type is %s", message, kind)
	}
	return c.Payload(message, data)
}
