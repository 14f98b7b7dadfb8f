// Package relation finds attributions with trained models: a cue, who speaks, what is said.
//
// In
//
//	Ada Reen said Varland would wait.
//
// a first chain offers "said" as a cue, generously. A second chain, which sees the
// paragraph from that cue, marks "Ada Reen" as speaker and "Varland would wait" as
// content. Decision trees then weigh each offer by what is known of it and of its
// neighbours, and of offers that exclude each other the best is kept.
//
// It reads sentences, tokens with their tags and heads, and quotations. It writes nothing
// into the document. Each paragraph is looked at once for each of its possible cues, at
// most some 260 tokens far, so the work grows with the length of the text.
package relation
