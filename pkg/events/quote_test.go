package events

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/segmentio/encoding/json"
)

// FuzzArticleText wants an article written and read as the codec alone would.
func FuzzArticleText(f *testing.F) {
	for _, s := range []string{"", "plain", "a\n\n\"b\" \\ \t\r\b\f\x01\x7f", "é\u2028\u2029 \U0001f600 \xff", `"text":"",`, strings.Repeat("word ", 50) + "\n" + strings.Repeat("x", 9)} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, other string) {
		own, _ := json.Marshal(map[string]string{"text": "", other: text})
		a := &Article{Schema: Schema, Text: Text(text), Submission: 7, Warnings: []string{other},
			ArticleRef: ArticleRef{ID: "ar_1", Title: other, Received: time.Unix(1, 0).UTC(), Extra: map[string]json.RawMessage{"own": own}}}
		want, err := json.Append(nil, a, json.SortMapKeys)
		if err != nil {
			t.Fatal(err)
		}
		got, err := encode([]byte("before"), a)
		if err != nil || string(got) != "before"+string(want) {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
		both(t, want)
	})
}

// FuzzParseArticle wants whatever comes in read, or refused, as the codec alone would.
func FuzzParseArticle(f *testing.F) {
	for _, s := range []string{
		`{"text":"a\nb","title":"t"}`, `{"text":"a","text":"b"}`, `{"te\u0078t":"a","text":"b"}`, `{"text":"b","te\u0078t":"a"}`,
		`{"text":null}`, `{"text":1,"title":"x"}`, `{"text":"a` + "\n" + `"}`, `{"text":"\ud800"}`, `{"text":"a"`, `{"text":"a"}}`, `["text","a"]`,
		`{"extra":{"text":"a"},"text" : "b" }`, `{"text":{"text":"a"}}`, `{"text":"a"]`, `"text":"a"`, `{"text""a"}`, `{"text":"\x"}`, `{"title":"text":"a"}`,
		`{"text","a":"b"}`, `{"text":["a"],"title":"b"}`, `{"text":"a" "b"}`, "{\"text\":\"\xff\\n\"}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(both)
}

func both(t *testing.T, data []byte) {
	var got, want Article
	gotErr, wantErr := parse(data, &got), parseWhole(data, &want)
	if (gotErr == nil) != (wantErr == nil) || gotErr == nil && !reflect.DeepEqual(got, want) {
		t.Errorf("%q: got %+v, %v, want %+v, %v", data, got, gotErr, want, wantErr)
	}
	var sub, wantSub Submission
	gotErr, wantErr = parse(data, &sub), parseWhole(data, &wantSub)
	if (gotErr == nil) != (wantErr == nil) || gotErr == nil && !reflect.DeepEqual(sub, wantSub) {
		t.Errorf("%q: got %+v, %v, want %+v, %v", data, sub, gotErr, wantSub, wantErr)
	}
}
