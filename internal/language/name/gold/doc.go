// Package gold takes from a treebank which of its entities are names, for the trainer and
// the evaluation of the layer of names.
//
// The treebank marks all that stands for something, with what hangs on it: "the physician
// Ada Reen, who left" is one person. Here that is "Ada Reen". Peoples are marked by nobody:
// they
// are the words of our list outside of longer names. Names that have no entity of their
// own, like that of "the Reen family", are of unknown type.
package gold
