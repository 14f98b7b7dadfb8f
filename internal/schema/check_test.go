package schema

import (
	"maps"
	"strings"
	"testing"
	"time"

	"readout/pkg/events"
)

func TestValidate(t *testing.T) {
	for _, tt := range []struct {
		kind, data string
		ok         bool
	}{
		{"submission", `{"text":"The bridge is open.","desk":7}`, true},
		{"submission", `{"title":"no text"}`, false},
		{"submission", `{"text":"a","published":"yesterday"}`, false},
		{"submission", `not JSON`, false},
		{"article", `{"schema":1,"id":"ar_1"}`, false},
		{"alert", `{"schema":1,"kind":"rumour"}`, false},
		{"annotation", `{"schema":"1"}`, false},
		{"dead_letter", `[]`, false},
		{"rumour", `{"text":"a"}`, false},
	} {
		if err := Validate(tt.kind, []byte(tt.data)); (err == nil) != tt.ok {
			t.Errorf("%s %s: %v", tt.kind, tt.data, err)
		}
	}
}

// goldenMessages are the golden events as they would be on the line: the kind, and the
// subject, id and topic that the stages give them.
func goldenMessages(t *testing.T) map[string]claim {
	t.Helper()
	out := map[string]claim{}
	for name, data := range goldens(t) {
		if name == "submission" {
			out[name] = claim{subject: "readout.submit.border-wire"}
			continue
		}
		c, err := claims(kindOf(name), data)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = c
	}
	return out
}

// TestClaims says in full what the outside of some golden events has to say.
func TestClaims(t *testing.T) {
	const article, trace = "ar_1a1a1a1a1a1a1a1a1a1a1a1a", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	messages := goldenMessages(t)
	for name, want := range map[string]claim{
		"article":        {"readout.articles." + article + ".border-wire", article + ".4812", article, trace},
		"annotation":     {"readout.annotations." + article + ".border-wire.2.en-1", "an_0b0b0b0b0b0b0b0b0b0b0b0b", article, trace},
		"alert.casualty": {"readout.alerts.casualty.figure_up.ostreya.th_242424242424242424242424", "al_242424242424242424242424", "th_242424242424242424242424", trace},
		"dead_letter":    {"readout.dead.ingest.lone_surrogate.dl_313131313131313131313131", "dl_313131313131313131313131", "dl_313131313131313131313131", trace},
	} {
		if messages[name] != want {
			t.Errorf("%s: got %+v, want %+v", name, messages[name], want)
		}
	}
}

func (c claim) headers(kind string) map[string]string {
	if kind == "submission" {
		return map[string]string{}
	}
	return events.Envelope{ID: c.id, Type: "readout." + kind + ".v1", Source: "/readout/notify", Subject: c.about,
		Time: time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC), Trace: events.ChildTrace(c.trace)}.Headers()
}

func TestCheckMessage(t *testing.T) {
	data := goldens(t)
	for name, c := range goldenMessages(t) {
		headers := c.headers(kindOf(name))
		if err := CheckMessage(c.subject, headers, data[name]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, subject := range []string{"", "readout.rumours.a", c.subject + ".x", strings.Replace(c.subject, ".", "..", 1), strings.ToUpper(c.subject)} {
			if CheckMessage(subject, headers, data[name]) == nil {
				t.Errorf("%s on %q is taken", name, subject)
			}
		}
	}
}

// TestCheckMessageComparesSubjects puts events on well-formed subjects of other events.
func TestCheckMessageComparesSubjects(t *testing.T) {
	data, messages := goldens(t), goldenMessages(t)
	for name, subject := range map[string]string{
		"article":         events.ArticleSubject(strings.Split(messages["article"].subject, ".")[2], "other-wire"),
		"annotation":      strings.Replace(messages["annotation"].subject, ".2.", ".3.", 1),
		"alert.denial":    strings.Replace(messages["alert.denial"].subject, "ostreya", "keth", 1),
		"alert.casualty":  strings.Replace(messages["alert.casualty"].subject, "figure_up", "figure_down", 1),
		"alert.condition": messages["alert.sanction"].subject,
		"dead_letter":     strings.Replace(messages["dead_letter"].subject, "lone_surrogate", "empty", 1),
		"submission":      messages["article"].subject,
	} {
		if subject == messages[name].subject {
			t.Fatalf("%s is the subject of %s after all", subject, name)
		}
		if CheckMessage(subject, messages[name].headers(kindOf(name)), data[name]) == nil {
			t.Errorf("%s on %s is taken", name, subject)
		}
	}
}

func TestCheckMessageReadsHeaders(t *testing.T) {
	data, message := goldens(t)["alert.denial"], goldenMessages(t)["alert.denial"]
	good := message.headers("alert")
	for name, change := range map[string]func(map[string]string){
		"no id":               func(h map[string]string) { delete(h, "ce-id") },
		"another id":          func(h map[string]string) { h["ce-id"] = "al_1" },
		"another topic":       func(h map[string]string) { h["ce-subject"] = "th_1" },
		"another type":        func(h map[string]string) { h["ce-type"] = events.TypeArticle },
		"another version":     func(h map[string]string) { h["ce-type"] = "readout.alert.v2" },
		"another CloudEvents": func(h map[string]string) { h["ce-specversion"] = "0.3" },
		"no source":           func(h map[string]string) { delete(h, "ce-source") },
		"no time":             func(h map[string]string) { h["ce-time"] = "noon" },
		"XML":                 func(h map[string]string) { h["content-type"] = "text/xml" },
		"no trace":            func(h map[string]string) { delete(h, events.HeaderTrace) },
		"another trace":       func(h map[string]string) { h[events.HeaderTrace] = events.NewTrace() },
		"half a trace":        func(h map[string]string) { h[events.HeaderTrace] = h[events.HeaderTrace][:40] },
		"an empty trace": func(h map[string]string) {
			h[events.HeaderTrace] = "00-" + strings.Repeat("0", 32) + h[events.HeaderTrace][35:]
		},
		"a span of zeros": func(h map[string]string) {
			h[events.HeaderTrace] = h[events.HeaderTrace][:36] + strings.Repeat("0", 16) + "-01"
		},
	} {
		headers := maps.Clone(good)
		change(headers)
		if CheckMessage(message.subject, headers, data) == nil {
			t.Errorf("%s is taken: %q", name, headers)
		}
	}
}

// TestLetterOfABadTrace lets a letter begin a trace where its original had none to go on
// with.
func TestLetterOfABadTrace(t *testing.T) {
	letter := events.DeadLetter{Schema: events.Schema, ID: "dl_1", Stage: "ingest", Reason: "not_json", Original: []byte("not JSON"),
		Headers: map[string]string{events.HeaderTrace: "hearsay"}}
	data, err := events.Encode(letter)
	if err != nil {
		t.Fatal(err)
	}
	headers := claim{id: "dl_1", about: "dl_1"}.headers("dead_letter")
	if err := CheckMessage("readout.dead.ingest.not_json.dl_1", headers, data); err != nil {
		t.Error(err)
	}
	if CheckMessage("readout.dead.kitchen.not_json.dl_1", headers, data) == nil {
		t.Error("a stage that there is not is taken")
	}
}
