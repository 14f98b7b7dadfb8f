package events

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzText reads what the codec of the standard library reads, and gives the same.
func FuzzText(f *testing.F) {
	for _, seed := range []string{`"a\nb"`, `"\u00e9\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx\u0041"`, `"\q"`, `"\u12"`, `null`, `7`, `"`, `"\\"`, "\"\xff\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var want string
		if json.Unmarshal(data, &want) != nil {
			return
		}
		var got Text
		// The codec hands over the value without the space around it.
		if err := got.UnmarshalJSON([]byte(strings.TrimSpace(string(data)))); err != nil || string(got) != want {
			t.Errorf("%q: got %q, %v; want %q", data, got, err, want)
		}
	})
}

func TestTextRefuses(t *testing.T) {
	for _, data := range []string{`7`, `"`, `"\q"`, `"\u12"`, `"\u12G4"`, `"a\"`, `{}`} {
		var text Text
		if err := text.UnmarshalJSON([]byte(data)); err == nil {
			t.Errorf("%s is taken for %q", data, text)
		}
	}
}

func BenchmarkDecodeArticle(b *testing.B) {
	text := strings.Repeat("The council of the harbour met this week and heard what its officers had to say about the works.\n\n", 50)
	data, err := Encode(Article{Schema: Schema, ArticleRef: ArticleRef{ID: "ar_1", Title: "The works", Language: "en"}, Text: Text(text)})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Decode[Article](data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeArticle(b *testing.B) {
	text := strings.Repeat("The council of the harbour met this week and heard what its officers had to say about the works.\n\n", 50)
	article := &Article{Schema: Schema, ArticleRef: ArticleRef{ID: "ar_1", Title: "The works", Language: "en"}, Text: Text(text)}
	b.SetBytes(int64(len(text)))
	var buffer []byte
	for b.Loop() {
		var err error
		if buffer, err = Append(buffer[:0], article); err != nil {
			b.Fatal(err)
		}
	}
}
