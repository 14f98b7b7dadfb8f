package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"readout/internal/app"
	"readout/pkg/events"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// output is a buffer that a command may write while the test reads.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// readout runs a command as from a pipe and gives what it prints.
func readout(t *testing.T, stdin string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	cmd := New()
	var out, notes output
	cmd.SetArgs(args)
	cmd.SetIn(strings.NewReader(stdin))
	cmd.SetOut(&out)
	cmd.SetErr(&notes)
	err = cmd.ExecuteContext(t.Context())
	return out.String(), notes.String(), err
}

// up runs "readout up" until stop is called, and gives the URL of its server.
func up(t *testing.T, dir string, more ...string) (url string, out *output, stop func()) {
	t.Helper()
	cmd := New()
	var notes output
	out = &output{}
	cmd.SetArgs(append([]string{"up", "--data", dir, "--nats", "127.0.0.1:0", "--http", "127.0.0.1:0"}, more...))
	cmd.SetOut(out)
	cmd.SetErr(&notes)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- cmd.ExecuteContext(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("up: %v", err)
			}
		})
	}
	t.Cleanup(stop)
	await(t, "the greeting", func() bool { return strings.Contains(notes.String(), "Ctrl-C") })
	url = regexp.MustCompile(`nats://[0-9.:]+`).FindString(notes.String())
	return url, out, stop
}

func await(t *testing.T, what string, reached func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !reached(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s does not come", what)
		}
	}
}

const harbour = `Harbour to close

Varland's foreign minister Ada Reen denied the closure of the harbour.

"Varland will not open the harbour unless Ostreya lifts the blockade," Reen said.
`

// alerts gives the alerts that a watch prints.
func alerts(t *testing.T, url string, args ...string) []events.Alert {
	t.Helper()
	out, _, err := readout(t, "", append([]string{"watch", "--server", url, "--since", "all", "--for", "1s"}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	var all []events.Alert
	for line := range strings.Lines(out) {
		a, err := events.Decode[events.Alert]([]byte(line))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, *a)
	}
	return all
}

// TestOneArticle takes one article in and its alerts out; the same article again, and
// after a restart, makes none.
func TestOneArticle(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(t.TempDir(), "harbour.txt")
	if err := os.WriteFile(file, []byte(harbour), 0o600); err != nil {
		t.Fatal(err)
	}
	url, _, stop := up(t, dir)
	out, _, err := readout(t, "", "publish", "--server", url, "--source", "Desk 1", file)
	if err != nil {
		t.Fatal(err)
	}
	var r receipt
	if err := json.Unmarshal([]byte(out), &r); err != nil || r.Source != "desk-1" || !strings.HasPrefix(r.Article, "ar_") || r.Title != "Harbour to close" {
		t.Errorf("receipt %s: %v", out, err)
	}
	got := alerts(t, url, "--count", "2")
	if len(got) != 2 || got[0].Party.ID != "varland" || got[1].Party.ID != "varland" {
		t.Fatalf("alerts %+v", got)
	}
	if only := alerts(t, url, "--kind", "denial", "--party", "varland", "--state", "new"); len(only) != 1 || only[0].Kind != events.KindDenial {
		t.Errorf("denials %+v", only)
	}
	if _, _, err := readout(t, "", "publish", "--server", url, "--source", "desk-2", file); err != nil {
		t.Fatal(err)
	}
	if again := alerts(t, url); len(again) != 2 {
		t.Errorf("%d alerts after the same article again, want 2", len(again))
	}
	stop()
	url, _, _ = up(t, dir)
	if kept := alerts(t, url); len(kept) != 2 {
		t.Errorf("%d alerts after a restart, want 2", len(kept))
	}
	out, _, err = readout(t, "", "replay", "--server", url, "--from", "all")
	if err != nil || !strings.Contains(out, `"submissions":2,"articles":0,"annotations":0,"alerts":0`) {
		t.Errorf("replay: %s, %v", out, err)
	}
}

func TestSamples(t *testing.T) {
	dir := t.TempDir()
	_, out, stop := up(t, dir, "--samples")
	await(t, "the last sample's alert", func() bool { return strings.Contains(out.String(), "prisoners of the autumn") })
	first := strings.Count(out.String(), "\n")
	stop()
	url, out, _ := up(t, dir, "--samples")
	if all := alerts(t, url); len(all) != first || out.String() != "" {
		t.Errorf("%d alerts and %q at the second start, want %d and none new", len(all), out.String(), first)
	}
}

func TestDeadLetters(t *testing.T) {
	url, _, _ := up(t, t.TempDir())
	bad := `{"text":"Tomorrow's paper.","published":"2999-01-01T00:00:00Z"}` + "\n" + `{"text":"half a pair: \ud83d"}` + "\n" + `{"id":"good","text":"All is calm."}` + "\n"
	out, notes, err := readout(t, bad, "publish", "--server", url, "-")
	if err == nil || strings.Count(out, "\n") != 1 || !strings.Contains(notes, "-:1: refused (future_date)") || !strings.Contains(notes, "-:2: refused (lone_surrogate)") {
		t.Errorf("publish: %q, %q, %v", out, notes, err)
	}
	if _, _, err = readout(t, bad, "publish", "--server", url, "--no-check", "-"); err != nil {
		t.Fatal(err)
	}
	list := func(args ...string) []string {
		t.Helper()
		out, _, err := readout(t, "", append([]string{"dead", "list", "--server", url}, args...)...)
		if err != nil {
			t.Fatal(err)
		}
		return regexp.MustCompile(`"id":"(dl_[0-9a-f]+)"`).FindAllString(out, -1)
	}
	await(t, "two dead letters", func() bool { return len(list()) == 2 })
	if one := list("--reason", "future_date"); len(one) != 1 {
		t.Errorf("letters for a future date: %v", one)
	}
	id := strings.Trim(strings.TrimPrefix(list("--reason", "future_date")[0], `"id":`), `"`)
	show, _, err := readout(t, "", "dead", "show", "--server", url, id)
	letter, decodeErr := events.Decode[events.DeadLetter]([]byte(show))
	if err != nil || decodeErr != nil || !strings.Contains(string(letter.Original), "Tomorrow") {
		t.Errorf("show: %s, %v", show, err)
	}
	if _, _, err := readout(t, "", "dead", "retry", "--server", url, id); err != nil {
		t.Fatal(err)
	}
	await(t, "the letter of the second try", func() bool {
		now := list("--reason", "future_date")
		return len(now) == 1 && !strings.Contains(now[0], id)
	})
	out, _, err = readout(t, "", "status", "--server", url)
	if err != nil || !strings.Contains(out, `"reason":"future_date","letters":1`) || !strings.Contains(out, `"name":"annotate"`) {
		t.Errorf("status: %s, %v", out, err)
	}
	if _, _, err := readout(t, "", "dead", "drop", "--server", url, "--all"); err == nil {
		t.Error("letters are dropped without asking")
	}
	if _, _, err := readout(t, "", "dead", "drop", "--server", url, "--all", "--yes"); err != nil || len(list()) != 0 {
		t.Errorf("drop: %v, left %v", err, list())
	}
	if _, _, err := readout(t, "", "dead", "show", "--server", url, id); err == nil {
		t.Error("a letter that is gone is shown")
	}
}

func TestAnnotate(t *testing.T) {
	in := `{"id":"a","text":"\"We will wait,\" Ada Reen said."}` + "\n" + `{"id":"b"}` + "\n" + `{"id":"c","text":""}` + "\n"
	out, notes, err := readout(t, in, "annotate", "-j", "2")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if err == nil || len(lines) != 3 || !strings.Contains(notes, `-:2: "text" is missing`) {
		t.Fatalf("%q, %q, %v", out, notes, err)
	}
	for i, want := range []string{`"id":"a"`, `"id":"b"`, `"id":"c"`} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d: %s", i+1, lines[i])
		}
	}
	if !strings.Contains(lines[0], `"name":"Ada Reen"`) {
		t.Errorf("no speaker: %s", lines[0])
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"watch", "--server", "nats://127.0.0.1:1"}, "connection refused (context deadline exceeded)\nStart one with 'readout up'", app.ExitFailure},
		{[]string{"watch", "--since", "yesterday"}, "a span such as 2h", app.ExitUsage},
		{[]string{"watch", "--kind", "rumour"}, "condition, denial, sanction or casualty", app.ExitUsage},
		{[]string{"replay"}, "say where to begin", app.ExitUsage},
		{[]string{"up", "--nats", "nowhere"}, "HOST:PORT", app.ExitFailure},
		{[]string{"annotate", "no-such-file.txt"}, "1 of 1 texts", app.ExitFailure},
		{[]string{"wtach"}, "did you mean watch?", app.ExitUsage},
		{[]string{"status", "letters"}, "Try 'readout status --help'", app.ExitUsage},
		{[]string{"watch", "--colour"}, "unknown flag", app.ExitUsage},
	} {
		cmd := New()
		var notes output
		if tt.args[0] == "up" {
			tt.args = append(tt.args, "--data", t.TempDir())
		}
		cmd.SetArgs(tt.args)
		cmd.SetOut(&notes)
		cmd.SetErr(&notes)
		if code := app.Execute(cmd); code != tt.code || !strings.Contains(notes.String(), tt.want) {
			t.Errorf("%v: exit %d, %q; want %d and %q", tt.args, code, notes.String(), tt.code, tt.want)
		}
	}
}

func TestEveryCommandTeaches(t *testing.T) {
	for _, c := range New().Commands() {
		if c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		if c.Short == "" || len(c.Long) < 80 {
			t.Errorf("%s: help %q", c.Name(), c.Long)
		}
	}
}
