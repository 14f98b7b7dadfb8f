package relation

// Trees are a sum of decision trees over facts, with whole numbers throughout.
type Trees struct {
	Nodes []Node
	Roots []int32
	Base  int32
}

// Node is a question, or an answer where Fact is negative.
type Node struct {
	Fact        int16
	Limit       int32 // to the left if the fact is at most this
	Left, Right int32
	Value       int32
}

// Score adds the answers for some facts.
func (t *Trees) Score(x *Facts) int32 {
	sum := t.Base
	for _, root := range t.Roots {
		n := &t.Nodes[root]
		for n.Fact >= 0 {
			if x[n.Fact] <= n.Limit {
				n = &t.Nodes[n.Left]
			} else {
				n = &t.Nodes[n.Right]
			}
		}
		sum += n.Value
	}
	return sum
}
