package events

import (
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
// result has been sent.
func Append(buffer []byte, event any) ([]byte, error) {
	out, err := json.Append(buffer, event, json.SortMapKeys)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", reflect.TypeOf(event), err)
	}
	return out, nil
}

// Decode reads an event that another service wrote. It fails with ErrSchema when the
// event is of another major version.
func Decode[T Submission | Article | Annotation | Alert | DeadLetter](data []byte) (*T, error) {
	var head struct {
		Schema int `json:"schema"`
	}
	event := new(T)
	if err := json.Unmarshal(data, event); err != nil {
		// A later major version may have another form altogether: look at its number
		// before complaining about the form.
		if json.Unmarshal(data, &head) == nil && head.Schema > Schema {
			return nil, schemaError(head.Schema)
		}
		return nil, fmt.Errorf("decode %T: %w", *event, err)
	}
	if got := schemaOf(event); got != Schema {
		return nil, schemaError(got)
	}
	return event, nil
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
