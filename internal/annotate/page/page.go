// Package page writes articles with their findings marked as one HTML file, to be looked
// at in a browser. It reads articles as package marked cuts them.
//
// The file stands alone: no script, nothing loaded, and a content security policy that
// allows its own style sheet and nothing else. Articles are written by strangers, so every
// word of theirs goes through html/template, and characters that turn the direction of
// writing are shown by their number and turn nothing.
package page

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"readout/internal/annotate/marked"
)

var (
	//go:embed page.css
	style string
	//go:embed page.gohtml
	source string

	layout = template.Must(template.New("page").Parse(source))
)

// document is what the layout is filled with.
type document struct {
	Title    string
	Pipeline string
	Policy   template.HTML
	Style    template.CSS
	Legend   []entry
	Contents []*article
	Articles []*article
}

// entry is one line of the legend.
type entry struct {
	Kind    marked.Kind
	Name    string
	Counted bool
	Count   int
}

// Write writes one page with some articles; pipeline is the version of the finders.
func Write(out io.Writer, articles []*marked.Article, pipeline string) error {
	d := document{Title: "Findings", Pipeline: tame(pipeline), Policy: policy(), Style: template.CSS(style), Legend: legend(articles)}
	for i, a := range articles {
		d.Articles = append(d.Articles, view(a, i+1))
	}
	switch {
	case len(articles) > 1:
		d.Title = fmt.Sprintf("Findings in %d articles", len(articles))
		d.Contents = d.Articles
	case len(articles) == 1:
		d.Title = "Findings: " + d.Articles[0].Heading
	}
	buffer := bufio.NewWriterSize(out, 1<<16)
	if err := layout.Execute(buffer, d); err != nil {
		return err
	}
	return buffer.Flush()
}

// policy allows the one style sheet, by its hash, and nothing else. The layout escapes
// attributes of meta elements beyond use, so that the element is made here, of our own
// words alone.
func policy() template.HTML {
	sum := sha256.Sum256([]byte(style))
	return template.HTML(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-` +
		base64.StdEncoding.EncodeToString(sum[:]) + `'; base-uri 'none'; form-action 'none'">`)
}

// legend counts the findings of all articles. Speakers and cues are parts of findings and
// are not counted.
func legend(articles []*marked.Article) []entry {
	names := [marked.Kinds]string{"statements", "conditions", "denials", "sanctions", "casualties", "speakers", "cues"}
	var out []entry
	for k := range marked.Kinds {
		e := entry{Kind: k, Name: names[k], Counted: k < marked.Speaker}
		for _, a := range articles {
			e.Count += a.Counts()[k]
		}
		out = append(out, e)
	}
	return out
}

// counted gives "1 finding" or "3 findings".
func counted(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}

// turns says whether a character controls something instead of being seen: the C0 and C1
// controls, and those that turn the direction of writing.
func turns(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// tame gives words for a list or an attribute on one line, with a dot for every character
// that controls something.
func tame(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case turns(r):
			return '·'
		}
		return r
	}, s)
}
