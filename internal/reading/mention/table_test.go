package mention

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBuiltinTable(t *testing.T) {
	table := Builtin()
	states := 0
	for id, s := range table.states {
		if s.kind == "state" {
			states++
		}
		if s.leader != "" && table.offices[s.leader] != s.leader {
			t.Errorf("%s: its leader has the office %q, which there is not", id, s.leader)
		}
		if s.kind == "state" && len(s.terms) == 0 && id != "san-marino" && id != "gaza" {
			t.Errorf("%s has no office-holder", id)
		}
		for i := range s.terms {
			for j := range i {
				a, b := &s.terms[i], &s.terms[j]
				if a.office == b.office && !table.several[a.office] && a.span.overlaps(&b.span) {
					t.Errorf("%s: %s and %s are %s at the same time", id, b.person.name, a.person.name, a.office)
				}
			}
		}
	}
	if states < 196 || table.asOf == "" {
		t.Errorf("%d states, as of %q", states, table.asOf)
	}
	for name, e := range table.names {
		if e.name == "" || e.kind == "" || e.person == nil && table.states[e.party.ID] == nil {
			t.Errorf("%q stands for %+v", name, e)
		}
	}
}

// TestShortNames holds a name that is known anywhere to one person, unless the others who
// have it are marked.
func TestShortNames(t *testing.T) {
	table := Builtin()
	for name, p := range table.famous {
		if len(table.surnames[name]) != 1 && !table.shared[name] {
			t.Errorf("%q is said to mean %s, but is the name of %d people: mark it with * on the other lines", name, p.name, len(table.surnames[name]))
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, tt := range []struct {
		from, to, day     string
		certain, possible bool
	}{
		{"2019-05-20", "", "2019-05-20", true, true},
		{"2019-05-20", "", "2019-05-19", false, false},
		{"2019-05-20", "2020-01-01", "2020-01-01", false, true},
		{"2019-05", "-", "2019-05-20", false, true},
		{"2019-05", "-", "2019-06-01", true, true},
		{"2019", "2021", "2020-06-01", true, true},
		{"2019", "2021", "2021-06-01", false, true},
		{"2019", "2019", "2019-06-01", false, true},
		{"2019", "2021", "2022-01-01", false, false},
	} {
		p, err := readPeriod(tt.from, tt.to)
		if err != nil || p.certain(tt.day) != tt.certain || p.possible(tt.day) != tt.possible {
			t.Errorf("%s to %s: on %s certain %v, possible %v, %v", tt.from, tt.to, tt.day, p.certain(tt.day), p.possible(tt.day), err)
		}
	}
}

const varland = "party\tvarland\tVarland\tstate\tVarlander;Varlanders\tPortmar\tGrey Palace\n[varland]\n"

func TestWrongLines(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"party\tvarland\tVarland\n", "line 1: want party, an id"},
		{"party\tVar land\tVarland\tstate\n", `line 1: party "Var land"`},
		{"# a comment\n\n[varland]\n", `line 3: [varland]: there is no party "varland"`},
		{"president\tAda Reen\t\tf\t2020\t-\n", "line 1: \"president\": a person stands below the [id]"},
		{varland + "boss\tAda Reen\t\tf\t2020\t-\n", `line 3: there is no office "boss"`},
		{varland + "president\tAda Reen\t\tx\t2020\t-\n", `line 3: "x": want m, f`},
		{varland + "president\tAda Reen\t\tf\t20-1\t-\n", `line 3: from "20-1"`},
		{varland + "president\tAda Reen\t\tf\t2020-13-01\t-\n", `line 3: from "2020-13-01"`},
		{varland + "president\tAda Reen\t\tf\t2021\t2020\n", "line 3: from 2021 to 2020: it ends before it begins"},
		{varland + "president\tAda Reen\n", "line 3: want an office, a name"},
		{varland + "president\tAda Reen\tPutin!\tf\t2021\t-\n", `line 3: "Putin" stands for Vladimir Putin too`},
		{"asof\tyesterday\n", "line 1: want asof"},
		{"office\t\n", "line 1: want office"},
	} {
		if _, err := Parse("own.tsv", tt.text); err == nil || !strings.HasPrefix(err.Error(), "own.tsv "+tt.want) {
			t.Errorf("%q: got %v, want %s", tt.text, err, tt.want)
		}
	}
}

func TestOwnTable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.tsv")
	if _, err := Load(file); err == nil || !strings.Contains(err.Error(), "read the table of actors") {
		t.Errorf("a missing file: %v", err)
	}
	lines := varland + "president\tAda Reen\tthe Grey Lady\tf\t2020-01-01\t-\n[russia]\npresident\tOleg Barin\t\tm\t2027-05-07\t-\nasof\t2028-01-01\n"
	for _, tt := range []struct{ name, table, day, text, want string }{
		{"a new state", lines, "2021-03-01", "The Varlander president waits.", "The Varlander president = Ada Reen (varland)"},
		{"its seat", lines, "2021-03-01", "The Grey Palace waits.", "The Grey Palace = Grey Palace (varland)"},
		{"the table of the program stays", lines, "2021-03-01", "The French president waits.", "The French president = Emmanuel Macron (france)"},
		{"a successor", lines, "2027-06-01", "The Russian president waits.", "The Russian president = Oleg Barin (russia)"},
		{"the one before", lines, "2026-06-01", "The Russian president waits.", "The Russian president = Vladimir Putin (russia)"},
		{"replaced", "replace\noffice\tpresident\n" + varland + "president\tAda Reen\t\tf\t2020-01-01\t-\n", "2021-03-01",
			"The Varlander president met the French president.", "The Varlander president = Ada Reen (varland); the French president = French president (-)"},
	} {
		if err := os.WriteFile(file, []byte(tt.table), 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := Load(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := readWith(table, tt.day, tt.text); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
		if table.Version() == "" || Builtin().Version() != "" {
			t.Errorf("versions %q and %q", table.Version(), Builtin().Version())
		}
	}
}

func TestDatedOffices(t *testing.T) {
	for _, tt := range []struct{ day, text, want string }{
		{"2015-03-01", "The US president waits.", "The US president = Barack Obama (united-states)"},
		{"2018-03-01", "The US president waits.", "The US president = Donald Trump (united-states)"},
		{"2022-03-01", "The US president waits.", "The US president = Joe Biden (united-states)"},
		{"2017-01-20", "The US president waits.", "The US president = Donald Trump (united-states)"},
		{"", "The US president waits.", "The US president = US president (united-states)"},
		{"", "The US president waits. Later Obama left.", "The US president = Barack Obama (united-states); Obama = Barack Obama (united-states)"},
		{"2027-01-01", "The Russian president waits.", "The Russian president = Russian president (russia)"},
		{"2027-01-01", "The Russian president waits. Later Putin left.", "The Russian president = Vladimir Putin (russia); Putin = Vladimir Putin (russia)"},
		{"2024-01-01", "The Kremlin chief waits.", "The Kremlin chief = Vladimir Putin (russia)"},
		{"2024-01-01", "The Turkish leader waits.", "The Turkish leader = Recep Tayyip Erdogan (turkey)"},
		{"2024-01-01", "Ukraine's leader waits.", "Ukraine's leader = Volodymyr Zelensky (ukraine)"},
		{"2024-01-01", "The Italian leader waits.", "The Italian leader = Giorgia Meloni (italy)"},
		{"2024-01-01", "The UN chief waits.", "The UN chief = Antonio Guterres (un)"},
		{"2024-01-01", "The UK foreign secretary waits.", "The UK foreign secretary = David Cameron (united-kingdom)"},
		{"2024-01-01", "The former Ukrainian president waits.", "The former Ukrainian president = former Ukrainian president (ukraine)"},
		{"2024-01-01", "The deputy Ukrainian defence minister waits.", "The deputy Ukrainian defence minister = deputy Ukrainian defence minister (ukraine)"},
		{"2024-01-01", "Boris Johnson waits.", "Boris Johnson = Boris Johnson (boris-johnson)"},
		{"2021-01-01", "Boris Johnson waits.", "Boris Johnson = Boris Johnson (united-kingdom)"},
		{"2021-01-01", "On Monday Johnson waits.", "Johnson = Johnson (johnson)"},
		{"2021-01-01", "London waits. On Monday Johnson left.", "London = United Kingdom (united-kingdom); Johnson = Boris Johnson (united-kingdom)"},
		{"2023-01-01", "Volodymyr Zelenskiy waits.", "Volodymyr Zelenskiy = Volodymyr Zelensky (ukraine)"},
		{"2023-01-01", "Seoul waits. On Monday Kim left.", "Seoul = South Korea (south-korea); Kim = Kim (kim)"},
		{"2023-01-01", "Pyongyang waits. On Monday Kim Jong-un left.", "Pyongyang = North Korea (north-korea); Kim Jong-un = Kim Jong Un (north-korea)"},
	} {
		if got := readWith(nil, tt.day, tt.text); got != tt.want {
			t.Errorf("%s %s:\ngot  %s\nwant %s", tt.day, tt.text, got, tt.want)
		}
	}
}
