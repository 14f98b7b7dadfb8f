package schema

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"testing"

	"readout/docs"
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
	files, err := fs.Glob(docs.Files, "schema/*.json")
	if err != nil || len(files) != len(made) {
		t.Errorf("%d files of %d events, %v", len(files), len(made), err)
	}
}

// TestEverythingIsDescribed wants the docstring of every type and field in the schemas.
func TestEverythingIsDescribed(t *testing.T) {
	made, err := Generate("../../pkg/events")
	if err != nil {
		t.Fatal(err)
	}
	type described struct{ Description string }
	for name, data := range made {
		var s struct {
			Defs map[string]struct {
				described
				Properties map[string]described
			} `json:"$defs"`
		}
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatal(err)
		}
		for kind, def := range s.Defs {
			if def.Description == "" || len(def.Properties) == 0 {
				t.Errorf("%s: %s has no description, or no properties", name, kind)
			}
			for field, p := range def.Properties {
				if p.Description == "" {
					t.Errorf("%s: %s.%s has no description", name, kind, field)
				}
			}
		}
	}
}

func TestGenerateWantsTheSource(t *testing.T) {
	if files, err := Generate(t.TempDir()); err == nil {
		t.Errorf("%d files out of an empty folder", len(files))
	}
}
