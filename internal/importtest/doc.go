// Package importtest holds the direction of imports. Its test lists, for every room of
// the house, the rooms it may import; ARCHITECTURE.md says why.
package importtest
