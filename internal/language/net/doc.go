// Package net tags and parses sentences with a trained network, in whole numbers.
//
// Each word comes in as rows of tables: of the word, of its vector, of its affixes. Two
// recurrent layers read the sentence in both directions. The states of the first give the
// parts of speech; those of the second give each word as a dependent and as a head, whose
// products are the scores of the arcs. The best tree of arcs is taken, and each of its
// arcs is labelled.
//
// Weights are 8 bits, states 16, sums 32: sums of whole numbers are exact in any order, so
// a vector kernel and its plain twin agree to the bit, and so do all machines. What is
// done in floating point is done number by number, each step rounded.
package net
