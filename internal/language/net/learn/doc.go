// Package learn trains the networks that package net and its neighbours read with: matrices
// with their gradients, recurrent layers, products by a vector kernel, Adam.
//
// There is no graph of operations: a network calls its layers forward and, in the opposite
// order, backward, and its gradient is tested against small steps. Every sum has a fixed
// order, so that the same data on the same kind of machine give the same weights.
package learn
