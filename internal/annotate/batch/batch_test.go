package batch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"readout/internal/annotate"
	"readout/internal/language"
	"readout/pkg/events"
)

// shout finds one statement, the whole text; a text of "panic" makes it panic.
type shout struct{}

func (shout) Annotate(d *language.Document) {
	if d.Text == "panic" {
		panic("on purpose")
	}
	var st events.Statement
	st.Span = d.Span(language.Range{End: len(d.Text)})
	d.Findings.Statements = append(d.Findings.Statements, st)
}

func service() *annotate.Service { return annotate.New(shout{}, "test", annotate.Options{}) }

// run reads JSON lines and gives the lines written, the stats and the failures told.
func run(t *testing.T, in string, workers int) ([]string, Stats, []string) {
	t.Helper()
	var out bytes.Buffer
	var failed []string
	stats, err := Run(t.Context(), service(), Lines("in", strings.NewReader(in)), &out,
		Options{Workers: workers, Failed: func(where string, err error) { failed = append(failed, where+": "+firstLine(err)) }})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(out.String()), "\n"), stats, failed
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

func TestRunKeepsTheOrder(t *testing.T) {
	var in strings.Builder
	for i := range 500 {
		fmt.Fprintf(&in, "{\"id\":\"a%d\",\"text\":\"text %d\"}\n", i, i)
	}
	for _, workers := range []int{1, 2, 8} {
		lines, stats, _ := run(t, in.String(), workers)
		if len(lines) != 500 || stats != (Stats{Read: 500}) {
			t.Fatalf("%d workers: %d lines, %+v", workers, len(lines), stats)
		}
		for i, line := range lines {
			if !strings.HasPrefix(line, fmt.Sprintf(`{"id":"a%d",`, i)) {
				t.Fatalf("%d workers: line %d is %s", workers, i, line)
			}
		}
	}
}

func TestRunSaysWhatItCannotRead(t *testing.T) {
	in := `{"id":"a","text":"one"}` + "\n\n" +
		`not JSON` + "\n" +
		`{"id":"b"}` + "\n" +
		`{"id":"c","text":"` + strings.Repeat("x", MaxLine) + `"}` + "\n" +
		`{"id":"d","text":"panic"}` + "\n" +
		`{"id":"e","x":` + strings.Repeat("[", 1<<20) + "\n" +
		`{"id":"f","text":"[[` + strings.Repeat("[", 1000) + `"}` + "\n" +
		"{\"id\":\"g\",\"text\":\"\xff\"}\n" +
		`{"id":"h","text":"last"}` // no end of line
	lines, stats, failed := run(t, in, 2)
	if stats != (Stats{Read: 3, Failed: 6}) || len(lines) != 9 {
		t.Fatalf("%d lines, %+v, failed %q", len(lines), stats, failed)
	}
	want := []string{"in:3: want a JSON object", "in:4: \"text\" is missing", "in:5: the line has more than",
		"in:6: a finder panicked: on purpose", "in:7: the line nests more than", "in:9: the line is not valid UTF-8"}
	for i, w := range want {
		if !strings.HasPrefix(failed[i], w) {
			t.Errorf("failure %d is %q, want %q", i, failed[i], w)
		}
	}
	if !strings.HasPrefix(lines[8], `{"id":"h"`) || !strings.Contains(lines[3], `"error":"the line has more`) {
		t.Errorf("lines %.200q", lines)
	}
}

func TestListsAreNeverNull(t *testing.T) {
	lines, _, _ := run(t, `{"id":"b"}`, 1)
	for _, list := range []string{"statements", "conditions", "denials", "sanctions", "casualties"} {
		if !strings.Contains(lines[0], `"`+list+`":[]`) {
			t.Errorf("%s: want an empty list in %s", list, lines[0])
		}
	}
}

func TestRunStopsWhenItCannotWrite(t *testing.T) {
	endless := func(yield func(Item) bool) {
		for yield(Item{ID: "a", Text: strings.Repeat("text ", 1000)}) {
		}
	}
	_, err := Run(t.Context(), service(), endless, broken{}, Options{Workers: 2})
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestRunStopsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	endless := func(yield func(Item) bool) {
		for yield(Item{ID: "a", Text: "text"}) {
			if n++; n == 10 {
				cancel()
			}
		}
	}
	if _, err := Run(ctx, service(), endless, io.Discard, Options{Workers: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestFile(t *testing.T) {
	if item := File("a.txt", strings.NewReader("A text.")); item.Err != nil || item.ID != "a.txt" || item.Text != "A text." {
		t.Errorf("got %+v", item)
	}
	for _, bad := range []string{"\xff", strings.Repeat("x", MaxLine+1)} {
		if item := File("a.txt", strings.NewReader(bad)); item.Err == nil {
			t.Errorf("%.5q is taken", bad)
		}
	}
}

// TestLaidOut reads JSON in every layout that is no JSON lines, and tells where a mistake
// stands.
func TestLaidOut(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		laid     bool
		want     []string
	}{
		{"an object over lines", "{\n \"id\": \"a\",\n \"text\": \"x\"\n}\n", true, []string{"f:1 a x"}},
		{"two of them", "{\n\"id\":\"a\",\"text\":\"x\"}\n{\n\"id\":\"b\",\"text\":\"y\"}", true, []string{"f:1 a x", "f:3 b y"}},
		{"a list", "\ufeff[\n{\"id\":\"a\",\"text\":\"x\"},\n{\"id\":\"b\"}]", true, []string{"f:2 a x", "f:3 b error"}},
		{"a list in one line", `[{"id":"a","text":"x"}]`, true, []string{"f:1 a x"}},
		{"no objects", `[]`, true, nil},
		{"an open list", "[{\"id\":\"a\",\"text\":\"x\"}", true, []string{"f:1 a x", "f error"}},
		{"a mistake", "[{\"id\":\"a\",\"text\":\"x\"},\n{\"id\" 4}]", true, []string{"f:1 a x", "f:2 error"}},
		{"JSON lines", "{\"id\":\"a\",\"text\":\"x\"}\n", false, nil},
		{"a text", "[Border Wire] The road is closed.", false, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := bufio.NewReader(strings.NewReader(tt.in))
			if got := LaidOut(r); got != tt.laid {
				t.Fatalf("LaidOut is %v", got)
			}
			if !tt.laid {
				return
			}
			var got []string
			for item := range Values("f", r) {
				if item.Err != nil {
					got = append(got, strings.TrimSpace(item.Where+" "+item.ID)+" error")
				} else {
					got = append(got, item.Where+" "+item.ID+" "+item.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
