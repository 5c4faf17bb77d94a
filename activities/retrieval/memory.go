package retrieval

import (
	"kedai/models"
)

// Memory ranks what it holds by the same code as Weaviate's hits are ranked,
// all of it being a candidate. It is for measuring and testing what comes after
// the search without a server; it is no Index of any account.
type Memory struct {
	language models.Language
	texts    []indexed
}

// NewMemory indexes a shop. A passage's first heading is its source's title.
func NewMemory(l models.Language, products []models.Product, passages []models.Passage) *Memory {
	m := &Memory{language: l}
	for i := range products {
		m.add(productDraft(&products[i]))
	}
	for i := range passages {
		m.add(passageDraft("", &passages[i]))
	}
	return m
}

func (m *Memory) add(d draft) {
	x := indexed{Hit: Hit{Kind: d.kind, ID: d.id}}
	for i, text := range d.texts {
		f := newField(m.language, text)
		if i == fieldFacets {
			f.marks = append(f.marks, d.marks...)
		}
		x.fields[i] = f.tokens()
	}
	m.texts = append(m.texts, x)
}

// Search returns at most limit hits of each kind, the best first.
func (m *Memory) Search(text string, limit int) []Hit {
	p := newPlan(m.language, text, nil)
	if len(p.words) == 0 {
		return nil
	}
	texts := make([]indexed, len(m.texts))
	copy(texts, m.texts)
	p.rank(texts)
	return best(texts, limit, limit)
}
