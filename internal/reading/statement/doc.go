// Package statement finds who said what, in direct, indirect and mixed speech. It reads
// sentences, quotations and mentions and writes the findings of kind Statement.
//
// In
//
//	Ada Reen said Varland would "wait for an answer".
//
// the cue is "said", the speaker Ada Reen, the content "Varland would ... answer", and
// the kind mixed. A quotation without an attribution takes the speaker of the one before.
// A few quoted words that nobody is said to have spoken are no statement.
package statement
