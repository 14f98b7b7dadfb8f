// Package marked lays the findings of an article over its text, so that they can be shown:
// it cuts the text into paragraphs, and each paragraph into pieces over which the same
// findings lie. It reads a text with its findings and writes nothing into them.
//
// Findings overlap and stand within each other. In
//
//	"We will not leave unless Ostreya pays," Reen said.
//
// the words between the marks are a statement and a condition, "Reen" is the speaker of
// both, "unless" the cue of one and "said" that of the other. So there is no tree to show,
// and a piece simply knows every mark that covers it.
package marked
