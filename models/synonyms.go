package models

import (
	"strings"
	"unicode/utf8"
)

// Limits of an account's synonyms.
const (
	MaxSynonymGroups = 500
	MaxSynonymTerms  = 20 // Of a group.
	MaxSynonymLength = 60 // Of a term, in characters.
)

// Synonyms are groups of terms that an account's shop uses for the same.
type Synonyms [][]string

// Normal returns the groups as they are kept: terms without outer and double
// spaces, each once in its group. CodeInvalid where they break a limit.
func (s Synonyms) Normal() (Synonyms, error) {
	if len(s) > MaxSynonymGroups {
		return nil, Errorf(CodeInvalid, "groups has %d groups; it may have %d", len(s), MaxSynonymGroups)
	}
	out := make(Synonyms, len(s))
	for i, group := range s {
		if len(group) > MaxSynonymTerms {
			return nil, Errorf(CodeInvalid, "group %d has %d terms; it may have %d", i+1, len(group), MaxSynonymTerms)
		}
		seen := map[string]bool{}
		for _, term := range group {
			if !utf8.ValidString(term) || strings.ContainsRune(term, 0) {
				return nil, Errorf(CodeInvalid, "group %d has a term that isn't text", i+1)
			}
			term = strings.Join(strings.Fields(term), " ")
			if n := utf8.RuneCountInString(term); n == 0 || n > MaxSynonymLength {
				return nil, Errorf(CodeInvalid, "group %d has a term of %d characters; it must have from 1 to %d", i+1, n, MaxSynonymLength)
			}
			if key := strings.ToLower(term); !seen[key] {
				seen[key] = true
				out[i] = append(out[i], term)
			}
		}
		if len(out[i]) < 2 {
			return nil, Errorf(CodeInvalid, "group %d must have at least 2 different terms", i+1)
		}
	}
	return out, nil
}
