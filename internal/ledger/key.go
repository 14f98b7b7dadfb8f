package ledger

import (
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"

	"readout/pkg/events"
)

// maxTerms bounds what is kept of a long sentence.
const maxTerms = 48

// key gives the normalised content of some words.
func key(words string) events.ThreadKey {
	k := events.ThreadKey{Terms: []string{}}
	for word := range strings.FieldsFuncSeq(words, separates) {
		word = strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"))
		if n := strings.Trim(word, "'’,.-"); n != "" && unicode.IsDigit([]rune(n)[0]) {
			k.Numbers = append(k.Numbers, strings.ReplaceAll(n, ",", ""))
			continue
		}
		if stem := english.Stem(strings.Trim(word, "'’,.-"), false); len(stem) > 1 && !empty[word] && !empty[stem] {
			k.Terms = append(k.Terms, stem)
		}
	}
	k.Terms, k.Numbers = sorted(k.Terms), sorted(k.Numbers)
	if len(k.Terms) > maxTerms {
		k.Terms = k.Terms[:maxTerms]
	}
	if len(k.Numbers) > maxTerms {
		k.Numbers = k.Numbers[:maxTerms]
	}
	return k
}

// separates says whether a character stands between words. Apostrophes, and the marks
// inside numbers and compounds, do not.
func separates(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("'’,.-", r)
}

func sorted(s []string) []string {
	slices.Sort(s)
	return slices.Compact(s)
}

// empty holds the words that say nothing about what a claim is about: function words,
// and the verbs of saying that one report has and another has not.
var empty = words(`a about after all also although am among an and any are as at be because been before being
	both but by can cannot could did do does doing during each either for from further had has have having he her
	hers herself him himself his how i if in into is it its itself just may me might more most must my neither no
	nor not now of off on once only or other our ours out over own per said same say says saying shall she should
	so some such than that the their theirs them then there these they this those through to told too under unless
	until up upon very was we were what when where whether which while who whom whose why will with within without
	would yet you your don't doesn't didn't won't wouldn't isn't aren't wasn't weren't hasn't haven't hadn't can't
	couldn't shouldn't`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// near says whether two wordings that share some terms, and are equal where they must be,
// are of one thread.
func near(common int, a, b []string) bool {
	short, long := min(len(a), len(b)), max(len(a), len(b))
	return common >= minTerms &&
		(float64(common) >= nearShort*float64(short) || float64(common) >= nearBoth*float64(long+short-common))
}

const (
	// minTerms is how many terms two wordings have to share at least.
	minTerms = 3
	// nearShort is the share of the shorter wording, nearBoth that of both together, from
	// which two wordings are one thread.
	nearShort = 0.8
	nearBoth  = 0.6
)
