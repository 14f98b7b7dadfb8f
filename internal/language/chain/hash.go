package chain

// Hash gives a number for some letters, as the names of features are made of.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Mix gives the number of a feature from what it consists of, its kind first.
func Mix(kind uint32, parts ...uint32) uint32 {
	h := kind*0x9E3779B1 + 0x7F4A7C15
	for _, p := range parts {
		h = (h ^ p) * 0x85EBCA6B
		h ^= h >> 15
	}
	h *= 0xC2B2AE35
	return h ^ h>>16
}
