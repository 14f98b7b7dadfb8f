// Package ingest turns what a publisher sends into an article: checked, cleaned,
// identified, and known to be new, a revision, a copy or a repetition.
//
// It reads a Submission and writes an Article. From
//
//	{"id":"a-17","title":"Talks resume","text":"Talks resume \u00a0on Monday.\r\n"}
//
// it makes the text "Talks resume on Monday.", which is frozen from then on, and the id
// that every revision of a-17 shares.
//
// Check needs no state and says what is wrong with a submission before it is sent; a
// Service adds the archive, which knows what came before.
package ingest
