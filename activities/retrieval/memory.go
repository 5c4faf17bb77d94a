package retrieval

import (
	"slices"
	"strings"

	"kedai/models"
)

// Memory ranks what it holds by the same code as Weaviate's hits are ranked,
// all of it being a candidate that has a token of the question. It is for
// measuring and testing what comes after the search without a server; it is no
// Index of any account.
type Memory struct {
	language models.Language
	texts    []indexed
	tokens   []map[string]bool // Of each text, parts of words included.
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
	tokens := map[string]bool{}
	properties := d.properties(m.language)
	for i, name := range tokenProperties {
		x.fields[i] = properties[name].(string)
	}
	for _, text := range append(x.fields[:], properties[propertyGrams].(string)) {
		for token := range strings.FieldsSeq(text) {
			tokens[token] = true
		}
	}
	m.texts, m.tokens = append(m.texts, x), append(m.tokens, tokens)
}

// Search returns at most limit hits of each kind, the best first.
func (m *Memory) Search(text string, limit int) []Hit {
	p := newPlan(m.language, text, nil)
	if len(p.words) == 0 {
		return nil
	}
	asked := p.tokens(maxTokens)
	var texts []indexed
	for i, x := range m.texts {
		if slices.ContainsFunc(asked, func(token string) bool { return m.tokens[i][token] }) {
			texts = append(texts, x)
		}
	}
	p.rank(texts)
	return best(texts, limit, limit)
}
