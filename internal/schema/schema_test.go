package schema

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"readout/docs"
	"readout/internal/app"
	"readout/pkg/events"
)

func TestFilesAreUpToDate(t *testing.T) {
	made, err := Generate("../../pkg/events")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range made {
		got, err := fs.ReadFile(docs.Files, "schema/"+name+".json")
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("docs/schema/%s.json is not what the code says (%v): run 'go run ./internal/schema/generate'", name, err)
		}
	}
}

// TestAsyncAPI holds the document to the schema of AsyncAPI itself, and its addresses to
// the streams.
func TestAsyncAPI(t *testing.T) {
	text, err := fs.ReadFile(docs.Files, "asyncapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	asJSON, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := os.ReadFile("testdata/asyncapi-3.0.0.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := compile("asyncapi-3.0.0.json", rules)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(value); err != nil {
		t.Errorf("%v", err)
	}
	var doc document
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	addresses := map[string]bool{}
	for _, c := range doc.Channels {
		addresses[parameter.ReplaceAllString(c.Address, "*")] = true
	}
	for _, stream := range app.Topology(app.Defaults()).Streams {
		internal := stream.Name == events.StreamSuspects || stream.Name == events.StreamAdvisories
		if documented := addresses[stream.Subjects[0]]; documented == internal {
			t.Errorf("stream %s holds %s: documented %t", stream.Name, stream.Subjects[0], documented)
		}
	}
}

func TestCheckerRefuses(t *testing.T) {
	c, err := NewChecker()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Payload("submission", []byte(`{"text":"The bridge is open.","desk":7}`)); err != nil {
		t.Errorf("a good submission: %v", err)
	}
	for message, data := range map[string]string{
		"submission":  `{"title":"no text"}`,
		"article":     `{"schema":1,"id":"ar_1"}`,
		"alert":       `{"schema":1,"kind":"rumour"}`,
		"annotation":  `{"schema":"1"}`,
		"dead_letter": `[]`,
	} {
		if c.Payload(message, []byte(data)) == nil {
			t.Errorf("%s: %s is taken", message, data)
		}
	}
	letter, err := events.Encode(events.DeadLetter{Schema: events.Schema, ID: "dl_1", Stage: "ingest", Original: []byte("not JSON")})
	if err != nil {
		t.Fatal(err)
	}
	headers := events.Envelope{ID: "dl_1", Type: events.TypeDeadLetter, Source: "/readout/ingest", Subject: "dl_1", Trace: events.NewTrace()}.Headers()
	if err := c.Message("dead_letter", "readout.dead.ingest.not_json.dl_1", headers, letter); err != nil {
		t.Errorf("a good letter: %v", err)
	}
	if c.Message("dead_letter", "readout.dead.kitchen.not_json.dl_1", headers, letter) == nil {
		t.Error("a stage that there is not is taken")
	}
	headers["traceparent"] = strings.ToUpper(headers["traceparent"])
	if c.Message("dead_letter", "readout.dead.ingest.not_json.dl_1", headers, letter) == nil {
		t.Error("a bad trace is taken")
	}
}
