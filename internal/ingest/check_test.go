package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"readout/pkg/events"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestCheckRefuses(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"nothing", "", ReasonEmpty},
		{"no JSON", "The bridge is open.", ReasonNotJSON},
		{"JSON, but no object", `["text"]`, ReasonNotJSON},
		{"half an object", `{"text":"The bridge`, ReasonNotJSON},
		{"a field of another type", `{"text":7}`, ReasonNotJSON},
		{"another major version", `{"schema":9,"text":"The bridge is open."}`, ReasonWrongSchema},
		{"another major version with another form", `{"schema":2,"text":{"body":"The bridge is open."}}`, ReasonWrongSchema},
		{"6 MiB", `{"text":"` + strings.Repeat("a", 6<<20) + `"}`, ReasonTooLarge},
		{"400 KB of brackets", `{"text":` + strings.Repeat("[", 400_000), ReasonTooDeep},
		{"not UTF-8", "{\"text\":\"a\xff\"}", ReasonInvalidUTF8},
		{"half a pair", `{"text":"\ud83d"}`, ReasonSurrogate},
		{"no text", `{"title":"Open"}`, ReasonNoText},
		{"blank text", `{"text":" \n\t "}`, ReasonNoText},
		{"a NUL", `{"text":"a\u0000b"}`, ReasonControl},
		{"a line of 100,000 characters", `{"text":"` + strings.Repeat("a", 100_000) + `"}`, ReasonLineTooLong},
		{"a turned direction", `{"text":"a\u202eb"}`, ReasonBidi},
		{"a turned direction in the title", `{"title":"a\u2067b","text":"a"}`, ReasonBidi},
		{"tomorrow's paper", `{"text":"a","published":"2026-03-04T12:00:00Z"}`, ReasonFutureDate},
		{"a revision of the future", `{"text":"a","modified":"2999-01-01T00:00:00Z"}`, ReasonFutureDate},
		{"no web address", `{"text":"a","url":"javascript:alert(1)"}`, ReasonBadURL},
		{"a long address", `{"text":"a","url":"https://a.example/` + strings.Repeat("a", 3000) + `"}`, ReasonBadURL},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Check([]byte(tt.data), "wire", noon)
			var r *events.Rejection
			if !errors.As(err, &r) || r.Why != tt.want {
				t.Errorf("got %v, want a rejection for %s", err, tt.want)
			}
		})
	}
}

func TestCheckCleans(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"as it is", "One.\n\nTwo.", "One.\n\nTwo."},
		{"line ends", "One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."},
		{"space at the ends", "\n\n One. \t\n\n\n\nTwo.\u00a0\n", " One.\n\nTwo."},
		{"composed characters", "Me\u0301lanie", "Mélanie"},
		{"controls of another encoding", "It \u0083cost 7\u001b.\u0085Page\fTwo.", "It cost 7.\nPage\nTwo."},
		{"invisible characters", "\ufeffO\u200bn\u00ade\u200e.", "One."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := Check(fmt.Appendf(nil, `{"text":%s}`, quote(t, tt.text)), "wire", noon)
			if err != nil {
				t.Fatal(err)
			}
			if string(a.Text) != tt.want {
				t.Errorf("got %q, want %q", a.Text, tt.want)
			}
			if warned := len(a.Warnings) > 0; warned != strings.HasPrefix(tt.name, "controls") {
				t.Errorf("warnings %q", a.Warnings)
			}
		})
	}
}

func TestIdentity(t *testing.T) {
	check := func(data string) *events.Article {
		t.Helper()
		a, err := Check([]byte(data), "Wire", noon)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for _, tt := range []struct {
		name, a, b string
		same       bool
	}{
		{"the publisher's id, other words", `{"id":"7","text":"a"}`, `{"id":"7","text":"b"}`, true},
		{"other ids, the same words", `{"id":"7","text":"a"}`, `{"id":"8","text":"a"}`, false},
		{"an address that tracks", `{"url":"https://a.example/n?utm_source=x#top","text":"a"}`, `{"url":"HTTPS://A.example:443/n","text":"b"}`, true},
		{"a mobile address", `{"url":"https://m.a.example/n","text":"a"}`, `{"url":"https://a.example/n","text":"a"}`, true},
		{"another page", `{"url":"https://a.example/n?id=1","text":"a"}`, `{"url":"https://a.example/n?id=2","text":"a"}`, false},
		{"its own address", `{"url":"https://a.example/x","canonical_url":"https://www.a.example/n","text":"a"}`, `{"url":"https://www.a.example/n","text":"a"}`, true},
		{"somebody else's address", `{"url":"https://a.example/x","canonical_url":"https://b.example/n","text":"a"}`, `{"url":"https://b.example/n","text":"a"}`, false},
		{"words alone", `{"text":"The “bridge” is  open"}`, `{"text":"the \"bridge\" is open"}`, true},
		{"other words", `{"text":"The bridge is open"}`, `{"text":"The bridge is not open"}`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a, b := check(tt.a), check(tt.b); (a.ID == b.ID) != tt.same {
				t.Errorf("ids %s and %s, want the same: %t", a.ID, b.ID, tt.same)
			}
		})
	}
}

func TestUnknownFieldsAreKept(t *testing.T) {
	a, err := Check([]byte(`{"text":"The council of the harbour met.","desk":{"id":7},"priority":2}`), "wire", noon)
	if err != nil {
		t.Fatal(err)
	}
	if string(a.Extra["desk"]) != `{"id":7}` || string(a.Extra["priority"]) != "2" || len(a.Extra) != 2 {
		t.Errorf("extra = %s", a.Extra)
	}
	big, err := Check([]byte(`{"text":"a","big":"`+strings.Repeat("x", events.MaxExtra)+`"}`), "wire", noon)
	if err != nil || len(big.Extra) != 0 || len(big.Warnings) != 1 {
		t.Errorf("too large: %d fields, warnings %q, %v", len(big.Extra), big.Warnings, err)
	}
}

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ tag, text, want string }{
		{"en-GB", "x", "en"},
		{"fr", "x", "fr"},
		{"", "The council of the harbour met on Monday and said that it would wait for the report.", "en"},
		{"", "Der Rat des Hafens trat am Montag zusammen und will auf den Bericht warten.", "und"},
		{"no tag", "The council of the harbour met and it was in the hall.", "en"},
	} {
		if got := languageOf(tt.tag, tt.text); got != tt.want {
			t.Errorf("%q %.20q: got %s, want %s", tt.tag, tt.text, got, tt.want)
		}
	}
}

func quote(t testing.TB, s string) []byte {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{`{"text":"One.\n\nTwo."}`, `{"id":"7","url":"http://a.example","text":"a","x":[1]}`, `{"text":"\u00e9 "}`, `{"text":"e\u0301\r\n"}`, `[`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Check(data, "wire", noon)
		if err != nil {
			if r := new(events.Rejection); !errors.As(err, &r) {
				t.Fatalf("%v is no rejection", err)
			}
			return
		}
		if !utf8.ValidString(string(a.Text)) || a.Text == "" {
			t.Fatalf("text %q", a.Text)
		}
		again, err := Check(fmt.Appendf(nil, `{"title":%s,"text":%s}`, quote(t, a.Title), quote(t, string(a.Text))), "wire", noon)
		if err != nil || again.Text != a.Text || again.BodyHash != a.BodyHash {
			t.Fatalf("cleaning twice: %q and %q, %v", a.Text, again.Text, err)
		}
		if _, err := events.Encode(a); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	text := strings.Repeat("The council of the harbour met this week and heard what its “officers” had to say about the works.\n\n", 50)
	data := fmt.Appendf(nil, `{"id":"7","url":"https://harbour.example/news/7","title":"The works","language":"en","text":%s}`, quote(b, text))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Check(data, "wire", noon); err != nil {
			b.Fatal(err)
		}
	}
}
