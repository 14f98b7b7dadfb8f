package rank

import (
	"testing"

	"readout/internal/language"
)

func TestRead(t *testing.T) {
	whole := Append(nil, make([]int8, Size))
	if _, err := Read(whole); err != nil {
		t.Error(err)
	}
	for name, b := range map[string][]byte{"empty": nil, "cut": whole[:100], "another version": append([]byte("RNK\x00"), whole[4:]...)} {
		if _, err := Read(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestClassOf(t *testing.T) {
	for _, tt := range []struct {
		text  string
		token int
		want  Class
	}{
		{"She left.", 0, She}, {"Its road is shut.", 0, It}, {"Reen met them.", 2, They},
		{"The ministry waited.", 1, Noun}, {"A ministry waited.", 1, NoClass}, {"The Keth ministry waited.", 2, NoClass},
	} {
		d := language.New(tt.text, nil)
		language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}}.Annotate(d)
		if got := ClassOf(d, tt.token); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.text, got, tt.want)
		}
	}
}

func TestPossible(t *testing.T) {
	for _, tt := range []struct {
		class Class
		c     Candidate
		want  bool
	}{
		{He, Candidate{Sort: Person, Gender: 'f'}, false}, {He, Candidate{Sort: Person}, true},
		{She, Candidate{Sort: State, Named: true}, false}, {It, Candidate{Sort: Person, Named: true}, false},
		{It, Candidate{Sort: Body, Named: true}, true}, {They, Candidate{Joint: true, Sort: Group}, true},
		{They, Candidate{Sort: Person, Named: true}, false},
	} {
		if got := Possible(tt.class, &tt.c); got != tt.want {
			t.Errorf("%+v: got %v", tt, got)
		}
	}
}
