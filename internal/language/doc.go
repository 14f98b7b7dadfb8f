// Package language holds the document that all finders share, and the annotators that lay
// its first layers: paragraphs, words, sentences.
//
// The text of a Document never changes; everything else is ranges into it. Each layer has
// one writer: an annotator reads the layers before it, fills its own and touches no
// other. In
//
//	"We will wait," Mr. Oru said. He left.
//
// the layer of sentences holds two, since the stop after "Mr" ends none.
//
// Ranges inside count bytes. Document.Span turns them into the code points of the wire,
// here and nowhere else.
package language
