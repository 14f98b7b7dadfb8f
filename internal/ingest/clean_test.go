package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestStableCharactersNeedNoNormalising asks the tables about every pair of characters
// that are taken for stable without asking them.
func TestStableCharactersNeedNoNormalising(t *testing.T) {
	var all []rune
	for r := rune(' '); r < 0x2100; r++ {
		if r < 0x7f || stable(r) {
			all = append(all, r)
		}
	}
	for _, a := range all {
		for _, b := range all {
			if s := string([]rune{a, b}); !norm.NFC.IsNormalString(s) || !norm.NFKC.IsNormalString(s) {
				t.Fatalf("%U %U are changed by normalising", a, b)
			}
		}
	}
	if len(all) < 200 {
		t.Errorf("%d characters are stable, too few to be of use", len(all))
	}
}

// plainly is appendFolded as it reads, one character after the other.
func plainly(s string) string {
	var out []byte
	for _, r := range norm.NFKC.String(s) {
		if r = folded(r); r != ' ' || len(out) > 0 && out[len(out)-1] != ' ' {
			out = utf8.AppendRune(out, r)
		}
	}
	return strings.TrimSuffix(string(out), " ")
}

func FuzzFolding(f *testing.F) {
	for _, s := range []string{
		"", " ", "Two  Spaces", "a\n\n\tB", "eight by", "eight   ", "   eight", "1234567 8", "1234567  8", "AZaz[]@`{}/:;",
		"“The Élysée” — no comment…", "ﬁne Cafe\u0301", "\u00a0\u00a0x", "\u2009 thin", "Ǆ ½ № \u2011", strings.Repeat("Zz \n", 9),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		// What characters lets through: controls never reach the folding.
		s, _, err := characters(s)
		if err != nil {
			return
		}
		if got, want := string(appendFolded(nil, s)), plainly(s); got != want {
			t.Fatalf("%q is folded to %q, want %q", s, got, want)
		}
		if !norm.NFC.IsNormalString(s) {
			t.Fatalf("%q is not in NFC", s)
		}
	})
}
