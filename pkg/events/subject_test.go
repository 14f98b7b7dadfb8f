package events

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestToken(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"border-wire", "border-wire"},
		{"Border Wire", "border-wire"},
		{"  The  Border/Wire!  ", "the-border-wire"},
		{"a.b.*.>", "a-b"},
		{"a\x00b\r\nc", "a-b-c"},
		{"snake_case_9", "snake_case_9"},
		{"---", UnknownParty},
		{"", UnknownParty},
		{UnknownParty, UnknownParty},
		{strings.Repeat("a", maxToken), strings.Repeat("a", maxToken)},
		{strings.Repeat("a", 46) + " of the border", strings.Repeat("a", 46) + "-of-the-border"},
		{strings.Repeat("a", 46) + " of the long border", strings.Repeat("a", 46) + "-997c6481ff097043"}, // cut behind a dash
		{"Vårland", "v-rland-53c60a0e2baff2b0"},
		{"Варланд", "48cb7666e4dc109d"},
	} {
		if got := Token(tt.in); got != tt.want {
			t.Errorf("Token(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTokenKeepsTextsApart(t *testing.T) {
	long := strings.Repeat("border ", 20)
	seen := map[string]string{}
	for _, text := range []string{"Varland", "Vårland", "Värland", "Vørland", "Варланд", "Кет", "كيث", "V\xe5rland", "V\xe4rland",
		long, long + "wire", long + "wires", strings.Repeat("a", 54) + "!" + long, strings.Repeat("a", 54) + "?" + long} {
		token := Token(text)
		if other, ok := seen[token]; ok {
			t.Errorf("%q and %q are both %s", text, other, token)
		}
		seen[token] = text
	}
}

var safeToken = regexp.MustCompile(`^[a-z0-9_-]{1,64}$`)

// FuzzToken wants a safe token of any text, one that is left as it is when it is made a
// token again, and another one when a letter outside ASCII is another.
func FuzzToken(f *testing.F) {
	for _, seed := range []string{"", "Border Wire", "readout.submit.*.>", "\xff\x00", "Žürk", strings.Repeat("a", 46) + "-b" + strings.Repeat("é", 9)} {
		f.Add(seed, 'é', 'è')
	}
	f.Fuzz(func(t *testing.T, text string, a, b rune) {
		token := Token(text)
		if !safeToken.MatchString(token) {
			t.Errorf("Token(%q) = %q", text, token)
		}
		if again := Token(token); again != token {
			t.Errorf("Token(%q) = %q, and of that %q", text, token, again)
		}
		if a < utf8.RuneSelf || b < utf8.RuneSelf || !utf8.ValidRune(a) || !utf8.ValidRune(b) || a == b {
			return
		}
		if one, other := Token(text+string(a)), Token(text+string(b)); one == other {
			t.Errorf("%q with %q and with %q is %q", text, a, b, one)
		}
	})
}

func TestSubjects(t *testing.T) {
	for _, tt := range []struct{ got, filter, want string }{
		{SubmitSubject("Border Wire"), AllSubmissions, "readout.submit.border-wire"},
		{ArticleSubject("ar_1", "wire"), AllArticles, "readout.articles.ar_1.wire"},
		{ArticleSubject("ar_1", "wire"), ArticleRevisions("ar_1"), "readout.articles.ar_1.wire"},
		{AnnotationSubject("ar_1", "wire", 2, "en-1"), AllAnnotations, "readout.annotations.ar_1.wire.2.en-1"},
		{AlertSubject(KindDenial, StateNew, "keth", "th_1"), AllAlerts, "readout.alerts.denial.new.keth.th_1"},
		{AlertSubject(KindDenial, StateNew, "keth", "th_1"), AlertFilter("", "", "keth"), "readout.alerts.denial.new.keth.th_1"},
		{AlertSubject(KindCasualty, StateFigureUp, "", "th_1"), AlertFilter(KindCasualty, StateFigureUp, ""), "readout.alerts.casualty.figure_up._.th_1"},
		{DeadSubject("ingest", "not_json", "dl_1"), AllDead, "readout.dead.ingest.not_json.dl_1"},
		{DeadSubject("ingest", "not_json", "dl_1"), DeadFilter("", "", "dl_1"), "readout.dead.ingest.not_json.dl_1"},
		{DeadSubject("ingest", "a b > *", "dl.1"), DeadFilter("ingest", "a-b", ""), "readout.dead.ingest.a-b.dl-1"},
		{SuspectSubject("annotate") + ".7", AllSuspects, "readout.suspects.annotate.7"},
	} {
		if tt.got != tt.want || !covers(tt.filter, tt.got) {
			t.Errorf("got %s under %s, want %s", tt.got, tt.filter, tt.want)
		}
	}
	if covers(AlertFilter(KindSanction, "", ""), AlertSubject(KindDenial, StateNew, "keth", "th_1")) {
		t.Error("the filter of sanctions covers a denial")
	}
}

// covers says whether a NATS filter without ">" covers a subject.
func covers(filter, subject string) bool {
	want, got := strings.Split(filter, "."), strings.Split(subject, ".")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if got[i] == "" || want[i] != "*" && want[i] != got[i] {
			return false
		}
	}
	return true
}

// FuzzSubjects wants every subject under the filter of its stream, whatever its tokens
// are made of, and the tokens back from it.
func FuzzSubjects(f *testing.F) {
	f.Add("wire", "ar_1", 1)
	f.Add("a.b", "> *", -5)
	f.Add("", "\xff\n", 1<<40)
	f.Fuzz(func(t *testing.T, a, b string, n int) {
		for subject, filter := range map[string]string{
			SubmitSubject(a):                      AllSubmissions,
			ArticleSubject(a, b):                  AllArticles,
			AnnotationSubject(a, b, n, a):         AllAnnotations,
			AlertSubject(Kind(a), State(b), a, b): AllAlerts,
			DeadSubject(a, b, a):                  AllDead,
			SuspectSubject(a) + "." + Token(b):    AllSuspects,
		} {
			if !covers(filter, subject) {
				t.Errorf("%q, %q, %d: %s is not under %s", a, b, n, subject, filter)
			}
		}
		if source, err := SourceOf(SubmitSubject(a)); err != nil || source != Token(a) {
			t.Errorf("source of %q: %q, %v", a, source, err)
		}
		if stage, reason, err := ParseDead(DeadSubject(a, b, a)); err != nil || stage != Token(a) || reason != Token(b) {
			t.Errorf("dead letter of %q and %q: %q, %q, %v", a, b, stage, reason, err)
		}
	})
}

func TestSubjectsRefused(t *testing.T) {
	for _, subject := range []string{"", "readout.submit.", "readout.submit.Wire", "readout.submit.a.b", "readout.submit.é", "readout.submit.*", "other.submit.wire"} {
		if source, err := SourceOf(subject); err == nil {
			t.Errorf("the source of %q is %q", subject, source)
		}
	}
	for _, subject := range []string{"", "readout.dead.ingest.empty", "readout.dead.ingest.empty.dl_1.x", "readout.dead...", "readout.dead.*.*.*", "readout.alerts.a.b.c"} {
		if stage, reason, err := ParseDead(subject); err == nil {
			t.Errorf("%q is the dead letter of %s, %s", subject, stage, reason)
		}
	}
}

func TestID(t *testing.T) {
	if got := ID("ar", "id", "wire", "7"); got != "ar_36b568c7cb55b5c079237030" {
		t.Errorf("ids have changed, so every article will be taken for a new one: %s", got)
	}
	seen := map[string]bool{}
	for _, parts := range [][]string{nil, {""}, {"", ""}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"abc", ""}, {"ab\x00c"}, {"é"}, {"e\u0301"}} {
		id := ID("x", parts...)
		if seen[id] || !safeToken.MatchString(id) || Token(id) != id {
			t.Errorf("%q has the id %s: not its own, or no token", parts, id)
		}
		seen[id] = true
	}
}
