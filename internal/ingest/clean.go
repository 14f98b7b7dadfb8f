package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"readout/pkg/events"
)

const (
	// maxLine is the length of a line in code points: prose has none as long.
	maxLine = 65_536
	// maxTitle is where a headline is cut, in code points.
	maxTitle = 1000
)

// cleanText gives the text to freeze: NFC, lines that end in "\n" and in no space, at
// most one empty line between two others. It refuses what no article holds.
func cleanText(s string) (string, error) {
	if err := allowed(s); err != nil {
		return "", err
	}
	s = norm.NFC.String(strings.Map(keep, strings.ReplaceAll(s, "\r\n", "\n")))
	var out strings.Builder
	out.Grow(len(s))
	blank := 0
	for n, line := 1, ""; s != ""; n++ {
		line, s, _ = strings.Cut(s, "\n")
		if utf8.RuneCountInString(line) > maxLine {
			return "", events.Reject(ReasonLineTooLong, fmt.Errorf("line %d has more than %d characters: is it text?", n, maxLine))
		}
		if line = strings.TrimRightFunc(line, unicode.IsSpace); line == "" {
			blank++
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n\n"[:min(blank+1, 2)])
		}
		blank = 0
		out.WriteString(line)
	}
	if out.Len() == 0 {
		return "", events.Reject(ReasonNoText, fmt.Errorf("\"text\" is missing or blank: an article needs words"))
	}
	return out.String(), nil
}

// cleanTitle gives the headline on one line.
func cleanTitle(s string) (string, error) {
	if err := allowed(s); err != nil {
		return "", err
	}
	s = strings.Join(strings.Fields(norm.NFC.String(strings.Map(keep, s))), " ")
	if r := []rune(s); len(r) > maxTitle {
		s = string(r[:maxTitle])
	}
	return s, nil
}

// allowed refuses characters that no article holds: controls, and those that turn the
// direction of what follows, which make a text read otherwise than it is.
func allowed(s string) error {
	for i, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0:
			return events.Reject(ReasonControl, fmt.Errorf("the control character %U at byte %d: remove it", r, i))
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return events.Reject(ReasonBidi, fmt.Errorf("the direction control %U at byte %d, which hides what is written: remove it", r, i))
		}
	}
	return nil
}

// keep maps a character to what stands for it in the frozen text; invisible ones vanish.
func keep(r rune) rune {
	switch r {
	case '\r', 0x2028, 0x2029:
		return '\n'
	case 0x200b, 0x200e, 0x200f, 0x2060, 0xfeff, 0xad:
		return -1
	}
	return r
}

// bodyHash identifies the words of an article, whatever their case, spacing, quotation
// marks and dashes.
func bodyHash(title, text string) string {
	h := sha256.New()
	var buf [256]byte
	n, gap := 0, false
	write := func(r rune) {
		if n > len(buf)-utf8.UTFMax {
			h.Write(buf[:n])
			n = 0
		}
		n += utf8.EncodeRune(buf[n:], r)
	}
	for _, r := range norm.NFKC.String(title + "\n" + text) {
		r = folded(r)
		if r == ' ' {
			gap = true
			continue
		}
		if gap {
			write(' ')
			gap = false
		}
		write(r)
	}
	h.Write(buf[:n])
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// folded maps characters that editors exchange for one another to one of them.
func folded(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= 0x2018 && r <= 0x201f || r == 0xab || r == 0xbb:
		return '"'
	case unicode.Is(unicode.Pd, r):
		return '-'
	}
	return unicode.ToLower(r)
}
