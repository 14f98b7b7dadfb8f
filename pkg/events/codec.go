package events

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"github.com/segmentio/encoding/json"
)

// Schema is the major version of every event's form. A reader takes its own major
// version and refuses any other; fields may be added within one.
const Schema = 1

// ErrSchema is the error of an event whose major version is not this program's.
var ErrSchema = errors.New("unknown schema version")

// Encode writes an event as JSON.
func Encode(event any) ([]byte, error) { return Append(nil, event) }

// Append writes an event as JSON at the end of a buffer, which may be reused once the
// result has been sent. It is one line, so that events can be kept as lines in a file.
func Append(buffer []byte, event any) ([]byte, error) {
	out, err := encode(buffer, event)
	if err == nil && bytes.IndexByte(out[len(buffer):], '\n') >= 0 {
		// The codec copies the publisher's own fields as they stand, on many lines.
		var line bytes.Buffer
		err = json.Compact(&line, out[len(buffer):])
		out = append(out[:len(buffer)], line.Bytes()...)
	}
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", reflect.TypeOf(event), err)
	}
	return out, nil
}

func encode(buffer []byte, event any) ([]byte, error) {
	if a, ok := event.(*Article); ok {
		return appendArticle(buffer, a)
	}
	return json.Append(buffer, event, json.SortMapKeys)
}

// Decode reads an event that another service wrote. It fails with ErrSchema when the
// event is of another major version.
func Decode[T Submission | Article | Annotation | Alert | DeadLetter](data []byte) (*T, error) {
	var head struct {
		Schema int `json:"schema"`
	}
	event := new(T)
	if err := parse(data, event); err != nil {
		// A later major version may have another form altogether: look at its number
		// before complaining about the form.
		if parse(data, &head) == nil && head.Schema > Schema {
			return nil, schemaError(head.Schema)
		}
		return nil, fmt.Errorf("decode %T: %w", *event, err)
	}
	if got := schemaOf(event); got != Schema {
		return nil, schemaError(got)
	}
	return event, nil
}

// parse reads one event.
func parse(data []byte, event any) error {
	switch e := event.(type) {
	case *Submission:
		if parseArticle(data, e, &e.Text) {
			return nil
		}
		*e = Submission{}
	case *Article:
		if parseArticle(data, e, &e.Text) {
			return nil
		}
		*e = Article{}
	}
	return parseWhole(data, event)
}

// parseWhole reads one JSON value. A name has to be spelt as the schema spells it: read in any
// case, "Text" would be both the text and a field that Readout does not know.
func parseWhole(data []byte, value any) error {
	rest, err := json.Parse(data, value, json.DontMatchCaseInsensitiveStructFields)
	if err == nil && len(rest) > 0 {
		return fmt.Errorf("%.20q stands after the end", rest)
	}
	return err
}

func schemaError(got int) error {
	return fmt.Errorf("%w %d: this program reads version %d", ErrSchema, got, Schema)
}

// schemaOf gives the major version an event states. A submission may leave it out.
func schemaOf(event any) int {
	switch e := event.(type) {
	case *Submission:
		if e.Schema == 0 {
			return Schema
		}
		return e.Schema
	case *Article:
		return e.Schema
	case *Annotation:
		return e.Schema
	case *Alert:
		return e.Schema
	case *DeadLetter:
		return e.Schema
	}
	return 0
}
