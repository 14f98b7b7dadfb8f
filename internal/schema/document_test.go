package schema

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"readout/docs"
	"readout/pkg/events"
)

// asyncAPI reads the document as JSON.
func asyncAPI(t *testing.T) []byte {
	t.Helper()
	text, err := fs.ReadFile(docs.Files, "asyncapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDocumentIsAsyncAPI(t *testing.T) {
	rules, err := os.ReadFile("testdata/asyncapi-3.0.0.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := compile("asyncapi-3.0.0.json", rules)
	if err != nil {
		t.Fatal(err)
	}
	good := asyncAPI(t)
	for name, tt := range map[string]struct {
		data []byte
		ok   bool
	}{
		"as it is":             {good, true},
		"an action of its own": {bytes.Replace(good, []byte(`"action":"send"`), []byte(`"action":"shout"`), 1), false},
		"a version of its own": {bytes.Replace(good, []byte(`"asyncapi":"3.0.0"`), []byte(`"asyncapi":"9.0.0"`), 1), false},
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(tt.data))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); (err == nil) != tt.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReferencesLeadSomewhere follows every $ref of the document and of the schemas.
func TestReferencesLeadSomewhere(t *testing.T) {
	files := map[string][]byte{"asyncapi.yaml": asyncAPI(t)}
	for name := range Events {
		data, err := fs.ReadFile(docs.Files, "schema/"+name+".json")
		if err != nil {
			t.Fatal(err)
		}
		files["schema/"+name+".json"] = data
	}
	ref, followed := regexp.MustCompile(`"\$ref":\s*"([^"]+)"`), 0
	for name, data := range files {
		for _, match := range ref.FindAllSubmatch(data, -1) {
			followed++
			file, pointer, inside := strings.Cut(string(match[1]), "#")
			if file == "" {
				file = name
			} else {
				file = path.Join(path.Dir(name), file)
			}
			if files[file] == nil || inside && !resolves(t, files[file], pointer) {
				t.Errorf("%s: %s leads nowhere", name, match[1])
			}
		}
	}
	if followed < 50 {
		t.Errorf("only %d references", followed)
	}
}

// resolves says whether a JSON pointer leads to something.
func resolves(t *testing.T, data []byte, pointer string) bool {
	t.Helper()
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		object, _ := value.(map[string]any)
		if value = object[name]; value == nil {
			return false
		}
	}
	return true
}

// TestChannelsAreTheStreams holds the addresses to what pkg/events builds.
func TestChannelsAreTheStreams(t *testing.T) {
	all, err := forms()
	if err != nil {
		t.Fatal(err)
	}
	built := map[string]string{
		"submission":  events.SubmitSubject("Border Wire"),
		"article":     events.ArticleSubject("ar_1", "border-wire"),
		"annotation":  events.AnnotationSubject("ar_1", "border-wire", 12, "en-1"),
		"alert":       events.AlertSubject(events.KindCasualty, events.StateFigureUp, events.UnknownParty, "th_1"),
		"dead_letter": events.DeadSubject("ingest", "not_json", "dl_1"),
	}
	for _, f := range all {
		for kind, subject := range built {
			if f.subject.MatchString(subject) != (kind == f.kind) {
				t.Errorf("the channel of %s and the subject %s of %s", f.kind, subject, kind)
			}
		}
	}
	if len(all) != len(built) || len(all) != len(Events) {
		t.Errorf("%d channels, %d events", len(all), len(Events))
	}
}

func TestAddressesAreTheFilters(t *testing.T) {
	var doc document
	if err := json.Unmarshal(asyncAPI(t), &doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{events.AllSubmissions: true, events.AllArticles: true, events.AllAnnotations: true, events.AllAlerts: true, events.AllDead: true}
	for name, c := range doc.Channels {
		if filter := parameter.ReplaceAllString(c.Address, "*"); !want[filter] {
			t.Errorf("channel %s: no stream holds %s", name, filter)
		}
		for _, p := range parameter.FindAllStringSubmatch(c.Address, -1) {
			if _, ok := c.Parameters[p[1]]; !ok {
				t.Errorf("channel %s does not say what {%s} is", name, p[1])
			}
		}
	}
}

// TestWordsOfTheAddresses holds the words that may stand in a subject to the constants.
func TestWordsOfTheAddresses(t *testing.T) {
	var doc document
	if err := json.Unmarshal(asyncAPI(t), &doc); err != nil {
		t.Fatal(err)
	}
	words, err := vocabularies("../../pkg/events")
	if err != nil {
		t.Fatal(err)
	}
	for parameter, of := range map[string]string{"kind": "Kind", "state": "State"} {
		got := doc.Channels["alerts"].Parameters[parameter].Enum
		if !slices.EqualFunc(got, words[of], func(a string, b any) bool { return a == b }) {
			t.Errorf("the alerts have the %ss %v, the code %v", parameter, got, words[of])
		}
	}
}
