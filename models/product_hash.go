package models

import (
	"crypto/sha256"
	"encoding/json"

	"github.com/google/uuid"
)

// ContentHash tells whether two products say the same, their variants
// included. IDs, the account and the lock don't count.
func (p Product) ContentHash() []byte {
	p.ID, p.AccountID = uuid.Nil, uuid.Nil
	if p.Tags == nil {
		p.Tags = []string{}
	}
	variants := make([]Variant, len(p.Variants))
	for i, v := range p.Variants {
		v.ID = uuid.Nil
		if v.Options == nil {
			v.Options = []Option{}
		}
		variants[i] = v
	}
	p.Variants = variants
	raw, err := json.Marshal(p)
	if err != nil {
		// It holds strings, numbers and IDs only.
		panic("models: " + err.Error())
	}
	sum := sha256.Sum256(raw)
	return sum[:]
}
