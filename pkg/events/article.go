package events

import (
	"time"

	"github.com/segmentio/encoding/json"
)

// Submission is what a publisher sends in: a text with whatever is known about it.
// Only Text is required.
type Submission struct {
	// Schema is the major version of the form; 0 is read as the current one.
	Schema int `json:"schema,omitempty"`
	// ID is the publisher's own id of the article. It is unique within the source.
	ID string `json:"id,omitempty"`
	// URL is where the article stands.
	URL string `json:"url,omitempty"`
	// CanonicalURL is the address the page itself gives as its own.
	CanonicalURL string `json:"canonical_url,omitempty"`
	// Publisher is the newsroom that brings it out.
	Publisher string `json:"publisher,omitempty"`
	// Title is the headline.
	Title string `json:"title,omitempty"`
	// Text is the article as plain text; an empty line ends a paragraph.
	Text Text `json:"text"`
	// Language is a BCP 47 tag; found out from the text where it is missing.
	Language string `json:"language,omitempty"`
	// Published is when it was first brought out, RFC 3339.
	Published *time.Time `json:"published,omitempty"`
	// Modified is when this revision was brought out, RFC 3339.
	Modified *time.Time `json:"modified,omitempty"`
}

// ArticleRef identifies one revision of one article; everything said about an article
// carries it.
type ArticleRef struct {
	// ID is the same for all revisions of an article. It is derived from the
	// publisher's id, else the canonical URL, else the text.
	ID string `json:"id"`
	// Revision counts the stored revisions from 1.
	Revision int `json:"revision"`
	// Source is the token of the submit subject it came in on.
	Source string `json:"source"`
	// Publisher is the newsroom that brings it out.
	Publisher string `json:"publisher,omitempty"`
	// URL is the canonical URL, without tracking parameters.
	URL string `json:"url,omitempty"`
	// Title is the headline.
	Title string `json:"title,omitempty"`
	// Language is a BCP 47 tag; "und" where it is not known.
	Language string `json:"language"`
	// Published is when it was first brought out, where known.
	Published *time.Time `json:"published,omitempty"`
	// Modified is when this revision was brought out, where known.
	Modified *time.Time `json:"modified,omitempty"`
	// Received is when the submission was stored.
	Received time.Time `json:"received"`
	// CopyOf is the id of the article whose text this one repeats.
	CopyOf string `json:"copy_of,omitempty"`
	// BodyHash identifies the words of this revision, whatever their spacing and case.
	BodyHash string `json:"body_hash"`
	// Trace is the W3C traceparent of the step that took the article in.
	Trace string `json:"trace,omitempty"`
	// Extra holds the fields of the submission that Readout does not know, as they
	// came, so that a newsroom's own fields reach the alert.
	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// Article is one revision of one article, cleaned and identified.
type Article struct {
	// Schema is the major version of the form.
	Schema int `json:"schema"`
	ArticleRef
	// Text is frozen: every span of every finding points into it.
	Text Text `json:"text"`
	// Submission is the sequence number of the submission in its stream.
	Submission uint64 `json:"submission"`
	// Late is true where a newer revision was stored before this one came through.
	Late bool `json:"late,omitempty"`
	// History lists the revisions stored before this one, oldest first, at most
	// MaxHistory of them.
	History []Revision `json:"history,omitempty"`
	// Warnings say what was changed or left out while cleaning.
	Warnings []string `json:"warnings,omitempty"`
}

// Revision is one line of an article's history.
type Revision struct {
	// Revision is its number, counted from 1.
	Revision int `json:"revision"`
	// BodyHash identifies its words.
	BodyHash string `json:"body_hash"`
	// Modified is when it was brought out, where known.
	Modified *time.Time `json:"modified,omitempty"`
	// Submission is the sequence number of the submission it came from.
	Submission uint64 `json:"submission"`
}

// MaxHistory is how many earlier revisions an article remembers.
const MaxHistory = 64

// Annotation is everything found in one revision of one article.
type Annotation struct {
	// Schema is the major version of the form.
	Schema int `json:"schema"`
	// ID is derived from the article, the revision and the pipeline.
	ID string `json:"id"`
	// Article is what was read.
	Article ArticleRef `json:"article"`
	// Pipeline is the version of the finders.
	Pipeline string `json:"pipeline"`
	// Annotated is when the article was read.
	Annotated time.Time `json:"annotated"`
	// Findings are inlined: one list for each kind.
	Findings
	// Warnings say what was not read, and why: too long, language not supported.
	Warnings []string `json:"warnings,omitempty"`
}

// Findings are the findings of one article, each list in the order of the text.
type Findings struct {
	// Statements are what is reported to have been said.
	Statements []Statement `json:"statements"`
	// Conditions are what is made to depend on something.
	Conditions []Condition `json:"conditions"`
	// Denials are what is said not to be so, or not to be done.
	Denials []Denial `json:"denials"`
	// Sanctions are the measures taken, asked for, threatened or ended.
	Sanctions []Sanction `json:"sanctions"`
	// Casualties are the numbers of people hurt.
	Casualties []CasualtyFigure `json:"casualties"`
}
