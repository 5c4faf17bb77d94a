package store

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"kedai/models"
)

// Product returns one product with its variants, published or not.
func (s *Store) Product(ctx context.Context, account, id uuid.UUID) (models.Product, error) {
	var p models.Product
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var err error
		p, err = tx.product(tx.db, id)
		return err
	})
	return p, err
}

func (tx *Tx) product(db *gorm.DB, id uuid.UUID) (models.Product, error) {
	found := make([]models.Product, 1)
	if err := db.Where("account_id = ? AND id = ?", tx.Account, id).Take(&found[0]).Error; err != nil {
		return models.Product{}, noSuch("product", err)
	}
	err := tx.loadVariants(found)
	return found[0], err
}

// editableProduct returns a product under its lock. CodeConflict where it comes from a
// connected store, which would take any change back.
func (tx *Tx) editableProduct(id uuid.UUID) (models.Product, error) {
	p, err := tx.product(tx.db.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}), id)
	if err == nil && p.Locked {
		err = models.Errorf(models.CodeConflict, "the product comes from the connected store; change it there")
	}
	return p, err
}

// ChangeProduct changes a product under its lock. What the index has of it is
// written anew by the ingest of the returned upload; uuid.Nil where nothing of
// that changed. CodeConflict where the product comes from a connected store.
func (s *Store) ChangeProduct(ctx context.Context, actor models.Actor, account, id uuid.UUID, edit models.ProductEdit) (p models.Product, upload uuid.UUID, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		upload = uuid.Nil
		before, err := tx.editableProduct(id)
		if err != nil {
			return err
		}
		p = before
		if err := edit.Apply(&p); err != nil {
			return err
		}
		hash := p.ContentHash()
		if bytes.Equal(hash, before.ContentHash()) {
			return nil
		}
		if err := tx.saveProduct(before, p, hash); err != nil {
			return err
		}
		if p.Title != before.Title || p.Body != before.Body || !slices.Equal(p.Tags, before.Tags) || p.OnSale() != before.OnSale() {
			if upload, err = tx.requestIndexing(id); err != nil {
				return err
			}
		}
		was, is := productChange(before, p)
		return tx.audit(actor, "product.change", "product", &id, was, is)
	})
	return p, upload, err
}

func (tx *Tx) saveProduct(before, p models.Product, hash []byte) error {
	err := expectOne(tx.db.Exec("UPDATE products SET title = ?, body = ?, tags = ?::jsonb, published = ?, content_hash = ?, updated_at = now() WHERE account_id = ? AND id = ?",
		p.Title, p.Body, asJSON(p.Tags), p.Published, hash, tx.Account, p.ID))
	if err != nil {
		return err
	}
	for i, v := range p.Variants {
		if asJSON(v) == asJSON(before.Variants[i]) {
			continue
		}
		err := expectOne(tx.db.Exec("UPDATE variants SET price = ?, compare_at = ?, quantity = ? WHERE account_id = ? AND id = ?", v.Price, v.CompareAt, v.Quantity, tx.Account, v.ID))
		if err != nil {
			return err
		}
	}
	return nil
}

// requestIndexing has one product's object written as its row says then, by an
// import of its own kind that the API starts like any other.
func (tx *Tx) requestIndexing(product uuid.UUID) (upload uuid.UUID, err error) {
	upload = models.NewID()
	err = tx.db.Exec("INSERT INTO imports (id, account_id, kind, product_id, name, body) VALUES (?, ?, ?, ?, 'product', '')", upload, tx.Account, models.ImportProduct, product).Error
	return upload, err
}

// productChange returns what differs, as the audit trail keeps it.
func productChange(before, after models.Product) (was, is map[string]any) {
	was, is = map[string]any{}, map[string]any{}
	note := func(field string, old, now any) {
		if asJSON(old) != asJSON(now) {
			was[field], is[field] = old, now
		}
	}
	note("title", before.Title, after.Title)
	note("body", before.Body, after.Body)
	note("tags", before.Tags, after.Tags)
	note("published", before.Published, after.Published)
	for i, v := range after.Variants {
		old := before.Variants[i]
		note("variant/"+v.ID.String(), map[string]any{"price": old.Price, "compare_at": old.CompareAt, "quantity": old.Quantity},
			map[string]any{"price": v.Price, "compare_at": v.CompareAt, "quantity": v.Quantity})
	}
	return was, is
}

// DeleteProduct removes a product with its variants; its object leaves the
// index by the ingest of the returned upload. Nothing finds it from now on:
// what is retrieved is read from rows. CodeConflict where it comes from a
// connected store.
func (s *Store) DeleteProduct(ctx context.Context, actor models.Actor, account, id uuid.UUID) (upload uuid.UUID, err error) {
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		before, err := tx.editableProduct(id)
		if err != nil {
			return err
		}
		if err := expectOne(tx.db.Exec("DELETE FROM products WHERE account_id = ? AND id = ?", tx.Account, id)); err != nil {
			return err
		}
		if upload, err = tx.requestIndexing(id); err != nil {
			return err
		}
		return tx.audit(actor, "product.delete", "product", &id, map[string]any{"handle": before.Handle, "title": before.Title}, nil)
	})
	return upload, err
}

// ProductSearch narrows SearchProducts.
type ProductSearch struct {
	Search string // Words, each of which is part of the title, the handle, a tag or a SKU.
	After  *Cursor
	Limit  int
}

// searchWords is how many words of a search count.
const searchWords = 8

// SearchProducts lists products by title, on from f.After. next is nil on the
// last page.
func (s *Store) SearchProducts(ctx context.Context, account uuid.UUID, f ProductSearch) (products []models.Product, next *Cursor, err error) {
	products, err = s.products(ctx, account, func(db *gorm.DB) *gorm.DB {
		words := strings.Fields(f.Search)
		for _, word := range words[:min(len(words), searchWords)] {
			like := "%" + likeText(word) + "%"
			db = db.Where(`(title ILIKE ? OR handle ILIKE ?
				OR EXISTS (SELECT FROM jsonb_array_elements_text(products.tags) tag WHERE tag ILIKE ?)
				OR EXISTS (SELECT FROM variants v WHERE v.account_id = products.account_id AND v.product_id = products.id AND v.sku ILIKE ?))`, like, like, like, like)
		}
		if f.After != nil {
			db = db.Where("(title, id) > (?, ?)", f.After.Key, f.After.ID)
		}
		return db.Order("title, id").Limit(f.Limit + 1)
	})
	if len(products) > f.Limit {
		products = products[:f.Limit]
		last := products[f.Limit-1]
		next = &Cursor{Key: last.Title, ID: last.ID}
	}
	return products, next, err
}
