package eval

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"kedai/activities/retrieval"
	"kedai/models"
)

// control replies with the best hit of plain BM25 and understands nothing:
// what any understanding is measured against.
type control struct {
	plain   *retrieval.Plain
	account uuid.UUID
	texts   map[uuid.UUID]string
}

// OpenControl indexes a shop for control.
func OpenControl(ctx context.Context, w *retrieval.Weaviate, shop Shop) (Examined, error) {
	plain, err := w.OpenPlain(ctx)
	if err != nil {
		return nil, err
	}
	c := &control{plain: plain, account: uuid.New(), texts: map[uuid.UUID]string{}}
	var texts []retrieval.PlainText
	add := func(title, text string) {
		id := uuid.New()
		texts = append(texts, retrieval.PlainText{ID: id, Title: title, Text: text})
		c.texts[id] = title + "\n" + text
	}
	for _, p := range shop.Products {
		text := retrieval.ProductText(&p)
		for _, v := range p.Variants {
			if v.Price != nil {
				text += "\n" + v.Price.StringFixed(2)
			}
		}
		add(p.Title, text)
	}
	for _, p := range shop.Policies {
		for _, passage := range p.Passages {
			add(strings.Join(passage.Headings, "\n"), passage.Text)
		}
	}
	return c, plain.Put(ctx, c.account, texts)
}

// Converse answers each turn by itself.
func (c *control) Converse(ctx context.Context, conversation models.TestCase) ([]Said, error) {
	var out []Said
	for _, turn := range conversation.Turns {
		ids, err := c.plain.Search(ctx, c.account, strings.Join(turn.Say, " "), 1)
		if err != nil {
			return nil, err
		}
		said := Said{Action: models.ActionHandoff}
		if len(ids) > 0 {
			said = Said{Action: models.ActionAnswer, Text: c.texts[ids[0]]}
		}
		out = append(out, said)
	}
	return out, nil
}

// Close removes what was indexed.
func (c *control) Close() { _ = c.plain.Drop(context.Background()) }
