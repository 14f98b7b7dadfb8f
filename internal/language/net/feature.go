package net

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Affix is a part of the form of a word by which unknown words are known.
type Affix int

// The affixes, each with a table of its own.
const (
	Tail2 Affix = iota
	Tail3
	Tail4
	Front
	Shape
	Affixes
)

// Buckets is how many rows the table of an affix has: affixes that fall into one bucket
// share a row. Widths is how many numbers a row holds.
var (
	Buckets = [Affixes]int{1024, 4096, 4096, 2048, 256}
	Widths  = [Affixes]int{16, 32, 16, 16, 16}
)

// The numbers that the words themselves and their vectors hold.
const (
	WordWidth   = 64
	VectorWidth = 64
	AffixWidth  = 96
	Width       = WordWidth + VectorWidth + AffixWidth
)

// Normal gives the form under which a word is listed: in lower case, with every digit 0.
func Normal(lower string) string {
	for i := range len(lower) {
		if c := lower[i]; c >= '1' && c <= '9' {
			b := []byte(lower)
			for ; i < len(b); i++ {
				if b[i] >= '1' && b[i] <= '9' {
					b[i] = '0'
				}
			}
			return string(b)
		}
	}
	if strings.Contains(lower, "’") {
		return strings.ReplaceAll(lower, "’", "'")
	}
	return lower
}

// Hashes gives the rows of the affixes of a word. normal is its normal form.
func Hashes(form, normal string) (rows [Affixes]int32) {
	n := len(normal)
	for a, part := range [...]string{normal[max(0, n-2):], normal[max(0, n-3):], normal[max(0, n-4):], normal[:min(n, 3)]} {
		rows[a] = int32(hash(part) % uint32(Buckets[a]))
	}
	rows[Shape] = int32(shape(form) % uint32(Buckets[Shape]))
	return rows
}

func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}

// shape hashes the pattern of capitals, letters, digits and marks of a word; of the like
// ones in a row two count.
func shape(form string) uint32 {
	h, last, run := uint32(2166136261), byte(0), 0
	for i, steps := 0, 0; i < len(form) && steps < 12; steps++ {
		r, size := rune(form[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(form[i:])
		}
		i += size
		kind := kindOf(r)
		if kind == last {
			if run++; run > 2 {
				continue
			}
		} else {
			last, run = kind, 1
		}
		h = (h ^ uint32(kind)) * 16777619
	}
	return h ^ h>>15
}

func kindOf(r rune) byte {
	switch {
	case r >= 'a' && r <= 'z':
		return 'x'
	case r >= 'A' && r <= 'Z':
		return 'X'
	case r >= '0' && r <= '9':
		return '0'
	case r < utf8.RuneSelf:
		return byte(r)
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLetter(r):
		return 'x'
	}
	return 'u'
}
