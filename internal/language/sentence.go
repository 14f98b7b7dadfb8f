package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences lays the layer of sentences. A sentence ends at a stop, a question mark or an
// exclamation mark with the quotation marks and brackets behind it, when something that
// may begin a sentence follows. A paragraph always ends one.
type Sentences struct{}

// Annotate fills Document.Sentences.
func (Sentences) Annotate(d *Document) {
	token := 0
	for p, paragraph := range d.Paragraphs {
		start := paragraph.Start
		for token < len(d.Tokens) && d.Tokens[token].End <= paragraph.End {
			first := token
			end := paragraph.End
			for token < len(d.Tokens) && d.Tokens[token].End <= paragraph.End {
				token++
				if at, ok := d.sentenceEnd(token-1, paragraph.End); ok {
					for token < len(d.Tokens) && d.Tokens[token].Start < at {
						token++
					}
					end = at
					break
				}
			}
			if token == len(d.Tokens) || d.Tokens[token].Start >= paragraph.End {
				end = paragraph.End
			}
			d.Sentences = append(d.Sentences, Sentence{Range: Range{start, end}, Paragraph: p, First: first, Last: token})
			start = end
			for start < paragraph.End && (d.Text[start] == ' ' || d.Text[start] == '\t') {
				start++
			}
		}
		if d.Cancelled() {
			return
		}
	}
}

// sentenceEnd says whether a sentence ends with a token, and at which byte.
func (d *Document) sentenceEnd(i, limit int) (int, bool) {
	t := d.Tokens[i]
	stop := t.Lower == "." || t.Lower == "!" || t.Lower == "?" || t.Lower == "…"
	initials := t.Kind == Word && strings.HasSuffix(t.Lower, ".")
	if !stop && !initials {
		return 0, false
	}
	at := t.End
	for at < limit {
		r, size := utf8.DecodeRuneInString(d.Text[at:limit])
		if !strings.ContainsRune(`.!?…"'”’)]`, r) {
			break
		}
		at += size
	}
	rest := strings.TrimLeft(d.Text[at:limit], " \t")
	if rest == "" {
		return at, true
	}
	if len(rest) == limit-at { // no space behind it: "example.com"
		return 0, false
	}
	return at, begins(rest) && !initials
}

// begins says whether a text may begin a sentence.
func begins(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(`"'“‘([`, r) {
		r, _ = utf8.DecodeRuneInString(s[size:])
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}
