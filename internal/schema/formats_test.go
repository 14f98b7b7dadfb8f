package schema

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"readout/docs"
	"readout/pkg/events"
)

var example = regexp.MustCompile("(?s)```json ([a-z_]+)\n(.*?)```")

// TestExamplesAreValid holds the examples for readers to the schemas. Code does what
// examples do, so a wrong one is a wrong program.
func TestExamplesAreValid(t *testing.T) {
	page, err := fs.ReadFile(docs.Files, "formats.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]byte{}
	for _, m := range example.FindAllSubmatch(page, -1) {
		kind, data := string(m[1]), m[2]
		found[kind] = data
		if err := Validate(kind, data); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if len(found) != 3 {
		t.Fatalf("examples of %d events, want 3", len(found))
	}
	submission, err := events.Decode[events.Submission](found["submission"])
	if err != nil {
		t.Fatal(err)
	}
	checkSpans(t, string(submission.Text), found["alert"])
	letter, err := events.Decode[events.DeadLetter](found["dead_letter"])
	if err != nil || len(letter.Original) != letter.Size {
		t.Errorf("the letter says %d bytes and holds %q, %v", letter.Size, letter.Original, err)
	}
}

var span = regexp.MustCompile(`\{"start": \d+, "end": \d+, "text": "[^"]*"\}`)

// checkSpans holds the spans of an example to the text they point into.
func checkSpans(t *testing.T, text string, data []byte) {
	t.Helper()
	spans := span.FindAll(data, -1)
	for _, found := range spans {
		var s events.Span
		if err := json.Unmarshal(found, &s); err != nil {
			t.Fatal(err)
		}
		if got := string([]rune(text)[s.Start:s.End]); got != s.Text {
			t.Errorf("%s: %q stands there", found, got)
		}
	}
	if len(spans) != strings.Count(string(data), `"start"`) || len(spans) < 4 {
		t.Errorf("found %d spans", len(spans))
	}
}

// TestPageNamesEverySubject keeps the page from telling of channels that are not there.
func TestPageNamesEverySubject(t *testing.T) {
	page, err := fs.ReadFile(docs.Files, "formats.md")
	if err != nil {
		t.Fatal(err)
	}
	var doc document
	if err := json.Unmarshal(asyncAPI(t), &doc); err != nil {
		t.Fatal(err)
	}
	for name, c := range doc.Channels {
		address := "`" + strings.NewReplacer("{", "<", "}", ">").Replace(c.Address) + "`"
		if !strings.Contains(string(page), address) {
			t.Errorf("formats.md does not tell of %s, the channel of %s", address, name)
		}
	}
}
