package importtest

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// rule says which rooms the packages of a room may import. A room ends in "/..." when it
// holds the folders below it too; the first rule that fits a package is its rule.
type rule struct {
	room string
	may  []string
}

var rules = []rule{
	{"pkg/events", nil},
	{"internal/bus", nil},
	{"internal/bus/server", nil},
	{"internal/language", []string{"pkg/events", "internal/language/..."}},
	{"internal/language/train", []string{"pkg/events", "internal/language/..."}},
	{"internal/language/evaluate", []string{"pkg/events", "internal/language/..."}},
	{"internal/language/name", []string{"internal/language", "internal/language/chain"}},
	{"internal/language/chain", nil},
	{"internal/language/...", []string{"internal/language/..."}},
	{"internal/reading/english/laws", []string{"internal/language", "internal/reading/english"}},
	{"internal/reading/english", []string{"pkg/events", "internal/language", "internal/language/name", "internal/reading/..."}},
	{"internal/reading/statement", []string{"pkg/events", "internal/language", "internal/language/chain", "internal/reading/statement/..."}},
	{"internal/reading/statement/relation", []string{"internal/language", "internal/language/chain", "internal/language/net"}},
	{"internal/reading/statement/...", []string{"pkg/events", "internal/language", "internal/language/chain/...", "internal/language/net/...", "internal/reading/..."}},
	{"internal/reading/mention", []string{"pkg/events", "internal/language", "internal/reading/mention/rank"}},
	{"internal/reading/mention/rank", []string{"internal/language"}},
	{"internal/reading/mention/...", []string{"pkg/events", "internal/language", "internal/language/name", "internal/language/treebank", "internal/language/wordvector",
		"internal/reading/mention/...", "internal/reading/quotation"}},
	{"internal/reading/...", []string{"pkg/events", "internal/language"}},
	{"internal/annotate", []string{"pkg/events", "internal/language"}},
	{"internal/annotate/marked", []string{"pkg/events"}},
	{"internal/annotate/page", []string{"internal/annotate/marked"}},
	{"internal/annotate/...", []string{"pkg/events", "internal/annotate"}},
	{"internal/ingest", []string{"pkg/events"}},
	{"internal/ledger", []string{"pkg/events"}},
	{"internal/notify", []string{"pkg/events", "internal/ledger"}},
	{"internal/samples", []string{"pkg/events"}},
	{"docs", nil},
	{"internal/schema/...", []string{"pkg/events", "internal/schema", "docs"}},
	{"internal/importtest", nil},
	{"internal/chaos", nil}, // tests alone
	{"internal/app", []string{"pkg/events", "internal/bus/...", "internal/language", "internal/reading/english",
		"internal/annotate", "internal/ingest", "internal/ledger", "internal/notify"}},
	{"internal/cli", []string{"pkg/events", "internal/app", "internal/annotate/...", "internal/bus/...", "internal/ingest",
		"internal/reading/english", "internal/samples"}},
	{"cmd/readout", []string{"internal/cli", "internal/app"}},
	{"cmd/...", []string{"internal/app"}},
}

// outside says which foreign modules only one room may import.
var outside = map[string]string{
	"github.com/nats-io/nats-server/v2": "internal/bus/server",
	"github.com/spf13/cobra":            "internal/app internal/cli cmd/...",
	"github.com/prometheus":             "internal/app",
	"go.uber.org/zap":                   "internal/app internal/cli internal/bus/server",
	"github.com/nats-io/nats.go":        "internal/bus internal/bus/server internal/app internal/cli",
}

func TestImportsRunDown(t *testing.T) {
	for _, p := range packages(t) {
		room := strings.TrimPrefix(p.ImportPath, "readout/")
		r, ok := ruleFor(room)
		if !ok {
			t.Errorf("%s is in no room: add it to the rules here and to ARCHITECTURE.md", room)
			continue
		}
		for _, imported := range p.Imports {
			if inner, ok := strings.CutPrefix(imported, "readout/"); ok && inner != room && !fits(inner, r.may) {
				t.Errorf("%s imports %s: it may import only %v", room, inner, r.may)
			}
			for module, rooms := range outside {
				if strings.HasPrefix(imported, module) && !fits(room, strings.Fields(rooms)) {
					t.Errorf("%s imports %s, which only %s may", room, imported, rooms)
				}
			}
		}
	}
}

func TestRulesForbidSomething(t *testing.T) {
	r, _ := ruleFor("internal/reading/denial")
	for _, sibling := range []string{"internal/reading/condition", "internal/bus", "internal/app"} {
		if fits(sibling, r.may) {
			t.Errorf("a finder may import %s", sibling)
		}
	}
	if _, ok := ruleFor("internal/elsewhere"); ok {
		t.Error("a room that nobody planned has a rule")
	}
}

// ruleFor gives the first rule that fits a package.
func ruleFor(pkg string) (rule, bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return fits(pkg, []string{r.room}) })
	if i < 0 {
		return rule{}, false
	}
	return rules[i], true
}

func fits(pkg string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(room string) bool {
		if tree, ok := strings.CutSuffix(room, "/..."); ok {
			return pkg == tree || strings.HasPrefix(pkg, tree+"/")
		}
		return pkg == room
	})
}

type listed struct {
	ImportPath string
	Imports    []string
	GoFiles    []string
}

// packages lists the packages of the module with what their programs import; tests may
// import what they need.
func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,GoFiles", "readout/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 && !strings.HasPrefix(path.Base(p.ImportPath), "_") {
			all = append(all, p)
		}
	}
	if len(all) < 5 {
		t.Fatalf("found only %d packages", len(all))
	}
	return all
}
