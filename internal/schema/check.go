package schema

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"readout/pkg/events"
)

// Validate holds the data of an event to the schema of its kind: submission, article,
// annotation, alert or dead_letter.
func Validate(kind string, data []byte) error {
	all, err := forms()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(f form) bool { return f.kind == kind })
	if i < 0 {
		return fmt.Errorf("there is no event of the kind %q", kind)
	}
	return all[i].validate(data)
}

func (f form) validate(data []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s: %w", f.kind, err)
	}
	if err := f.payload.Validate(value); err != nil {
		return fmt.Errorf("%s: %w", f.kind, err)
	}
	return nil
}

// CheckMessage holds a whole message to the documents: the subject to the channels, the
// headers and the data to their schemas, and what one of the three says to what another
// says of the same thing.
func CheckMessage(subject string, headers map[string]string, data []byte) error {
	all, err := forms()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(f form) bool { return f.subject.MatchString(subject) })
	if i < 0 {
		return fmt.Errorf("no channel has the subject %q", subject)
	}
	f, values := all[i], map[string]any{}
	for name, value := range headers {
		values[name] = value
	}
	if err := f.headers.Validate(values); err != nil {
		return fmt.Errorf("%s: headers: %w", f.kind, err)
	}
	if err := f.validate(data); err != nil {
		return err
	}
	if err := f.agree(subject, headers, data); err != nil {
		return fmt.Errorf("%s: %w", f.kind, err)
	}
	return nil
}

// agree says whether subject and headers are about the event in the data.
func (f form) agree(subject string, headers map[string]string, data []byte) error {
	if err := checkTrace(headers[events.HeaderTrace]); err != nil {
		return err
	}
	if f.kind == "submission" {
		return nil // the other headers are the publisher's own affair
	}
	if got, want := headers["ce-type"], "readout."+f.kind+".v"+strconv.Itoa(events.Schema); got != want {
		return fmt.Errorf("ce-type is %s, want %s", got, want)
	}
	want, err := claims(f.kind, data)
	if err != nil {
		return err
	}
	got := claim{subject, headers["ce-id"], headers["ce-subject"], ""}
	if want.trace != "" && checkTrace(want.trace) == nil {
		got.trace, want.trace = traceID(headers[events.HeaderTrace]), traceID(want.trace)
	} else {
		want.trace = "" // a letter may hold an original with any header at all
	}
	if got != want {
		return fmt.Errorf("the outside says %+v, the event %+v", got, want)
	}
	return nil
}

// checkTrace refuses what is no traceparent: a step that follows it would begin another
// trace.
func checkTrace(parent string) error {
	if parent != "" && traceID(events.ChildTrace(parent)) != traceID(parent) {
		return fmt.Errorf("%s is no traceparent", parent)
	}
	return nil
}

// traceID gives the id of the trace of a traceparent.
func traceID(parent string) string {
	const begin, end = 3, 35
	if len(parent) < end {
		return parent
	}
	return parent[begin:end]
}
