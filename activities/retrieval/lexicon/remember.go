package lexicon

import "strings"

// remembered is how many words a stemmer remembers. A shop's texts repeat their
// words, and a map of so many takes a few hundred kilobytes.
const remembered = 8192

// memory keeps what was worked out for words. It begins anew when it is full,
// and is as little safe for concurrent use as the stemmer that it is part of.
type memory[V any] map[string]V

// of returns what a word has, worked out where it isn't known yet.
func (m memory[V]) of(word string, workOut func(string) V) V {
	if known, ok := m[word]; ok {
		return known
	}
	value := workOut(word)
	if len(m) >= remembered {
		clear(m)
	}
	// A word may be a part of a text, which would stay with it.
	m[strings.Clone(word)] = value
	return value
}

// bitOf returns one of 64 bits for a stem.
func bitOf(stem string) uint64 {
	hash := uint32(2166136261)
	for i := range len(stem) {
		hash = (hash ^ uint32(stem[i])) * 16777619
	}
	return 1 << (hash >> 26)
}

// bitsOf returns the bits of all stems. A phrase that has bits which a text
// hasn't doesn't stand in it.
func bitsOf(stems []string) (bits uint64) {
	for _, stem := range stems {
		bits |= bitOf(stem)
	}
	return bits
}
