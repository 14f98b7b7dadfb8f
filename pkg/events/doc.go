// Package events holds the words on the wire: what the services say to each other
// and what a subscriber reads. Every other room speaks in these types.
//
// An article goes through Readout as a short chain of events:
//
//	Submission  what a publisher sends in: a text with whatever is known about it
//	Article     the submission cleaned and identified; its text is frozen from here on
//	Annotation  everything found in one revision of one article
//	Alert       one change of one thread: the only thing a subscriber is told
//	DeadLetter  what could not be handled, with the reason and the original bytes
//
// A finding is one of Statement, Condition, Denial, Sanction and CasualtyFigure. For
//
//	"We will not leave the valley unless the road is opened," General Oru said.
//
// the annotation holds a Statement (speaker Oru, direct) and a Condition (setter Oru,
// on leaving the valley, requires that the road is opened).
//
// A Span points into the frozen text of the article. It counts Unicode code points,
// end exclusive, as W3C text selectors do, and carries the words it covers.
//
// A thread is one party's one condition, denial, sanction or figure, however often and
// in whatever words it is reported. An alert is a change in a thread, never a mention.
//
// Everything is typed through and through: nothing on the wire decodes into an
// interface, and Inspect bounds the size and the depth of what comes from outside
// before a decoder sees it. Each event carries the major version of its schema;
// Decode refuses another major version and ignores fields it does not know.
//
// The package depends on the standard library and the JSON codec alone.
package events
