package events

import (
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"
)

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

func TestHeaders(t *testing.T) {
	full := Envelope{ID: "al_1", Type: TypeAlert, Source: "/readout/notify", Subject: "th_1",
		Time: time.Date(2026, 3, 2, 10, 30, 0, 5, time.FixedZone("", 3600)), Trace: traceparent}
	want := map[string]string{
		"ce-specversion": "1.0", "ce-id": "al_1", "ce-type": "readout.alert.v1", "ce-source": "/readout/notify", "ce-subject": "th_1",
		"ce-time": "2026-03-02T09:30:00.000000005Z", "content-type": "application/json", "traceparent": traceparent,
	}
	if got := full.Headers(); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	full.Subject, full.Trace = "", ""
	delete(want, "ce-subject")
	delete(want, "traceparent")
	if got := full.Headers(); !maps.Equal(got, want) {
		t.Errorf("without subject and trace: got %q, want %q", got, want)
	}
}

func TestTypesNameTheSchema(t *testing.T) {
	for _, name := range []string{TypeSubmission, TypeArticle, TypeAnnotation, TypeAlert, TypeDeadLetter} {
		if !regexp.MustCompile(`^readout\.[a-z_]+\.v1$`).MatchString(name) || Schema != 1 {
			t.Errorf("%s is not the type of an event of schema %d", name, Schema)
		}
	}
}

func TestChildTrace(t *testing.T) {
	child := ChildTrace(traceparent)
	if !isTrace(child) || child[:36] != traceparent[:36] || child[52:] != traceparent[52:] || child[36:52] == traceparent[36:52] {
		t.Errorf("the child of %s is %s: want the same trace, another span", traceparent, child)
	}
	if off := ChildTrace(traceparent[:53] + "00"); off[53:] != "00" {
		t.Errorf("what the publisher does not want sampled is: %s", off)
	}
}

// TestNoTrace begins a new trace for whatever is none.
func TestNoTrace(t *testing.T) {
	for _, bad := range []string{
		"", "trace", traceparent[:54], traceparent + "0", strings.ToUpper(traceparent),
		"01" + traceparent[2:],
		strings.Replace(traceparent, "4bf92f3577b34da6a3ce929d0e0e4736", strings.Repeat("0", 32), 1),
		strings.Replace(traceparent, "00f067aa0ba902b7", strings.Repeat("0", 16), 1),
		strings.Replace(traceparent, "4bf", "4_f", 1), strings.Replace(traceparent, "4bf", "+bf", 1),
		strings.Replace(traceparent, "-00f", "000f", 1), traceparent[:53] + "0g", traceparent[:52] + "\r\n1",
	} {
		child := ChildTrace(bad)
		if isTrace(bad) || !isTrace(child) || len(bad) > 35 && child[3:35] == bad[3:35] {
			t.Errorf("%q is taken for a trace: its child is %s", bad, child)
		}
	}
}

// FuzzTrace wants a well-formed header whatever a publisher sent in.
func FuzzTrace(f *testing.F) {
	f.Add(traceparent)
	f.Add("00-")
	f.Add("\r\nNats-Rollup: all")
	form := regexp.MustCompile(`^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$`)
	f.Fuzz(func(t *testing.T, parent string) {
		child := ChildTrace(parent)
		if !form.MatchString(child) || !isTrace(child) {
			t.Errorf("the child of %q is %q", parent, child)
		}
		if isTrace(parent) && child[3:35] != parent[3:35] {
			t.Errorf("%q lost its trace: %q", parent, child)
		}
	})
}
