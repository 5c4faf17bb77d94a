package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// ProductID returns the ID of an account's product, so that importing a handle
// again updates its row and its object in the index.
func ProductID(account uuid.UUID, handle string) uuid.UUID {
	return uuid.NewSHA1(account, []byte("product/"+handle))
}

// Taken is what became of a product that was given to TakeProducts.
type Taken struct {
	Written bool   // It wasn't there, or was otherwise.
	Locked  bool   // It comes from a connected store and was left as it is.
	Indexed []byte // What MarkIndexed was told of it last; nil: nothing.
}

// PutProducts is TakeProducts for who needs nothing of its answer.
func (s *Store) PutProducts(ctx context.Context, account, upload uuid.UUID, products []models.Product) error {
	_, err := s.TakeProducts(ctx, account, upload, products)
	return err
}

// TakeProducts inserts or replaces products by handle, with their variants;
// what is there already in the same words isn't written. IDs are set in place,
// and each product's answer is at its own place. CodeConflict where a newer
// upload of products came; an upload of uuid.Nil never gives way.
func (s *Store) TakeProducts(ctx context.Context, account, upload uuid.UUID, products []models.Product) ([]Taken, error) {
	var taken []Taken
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.giveWay(upload); err != nil {
			return err
		}
		var written int
		var err error
		if taken, written, err = tx.takeProducts(products); err != nil || upload == uuid.Nil || written == 0 {
			return err
		}
		return expectOne(tx.db.Exec("UPDATE imports SET written = written + ? WHERE account_id = ? AND id = ?", written, tx.Account, upload))
	})
	return taken, err
}

// productState is what decides whether a product is written.
type productState struct {
	ID          uuid.UUID
	ContentHash []byte
	IndexedHash []byte
	Locked      bool
}

func (tx *Tx) takeProducts(products []models.Product) (taken []Taken, written int, err error) {
	ids := make([]uuid.UUID, len(products))
	for i := range products {
		p := &products[i]
		p.ID, p.AccountID = ProductID(tx.Account, p.Handle), tx.Account
		ids[i] = p.ID
	}
	var had []productState
	err = tx.db.Raw("SELECT id, content_hash, indexed_hash, locked FROM products WHERE account_id = ? AND id IN ? ORDER BY id FOR NO KEY UPDATE", tx.Account, ids).Scan(&had).Error
	if err != nil {
		return nil, 0, err
	}
	states := make(map[uuid.UUID]productState, len(had))
	for _, state := range had {
		states[state.ID] = state
	}
	taken = make([]Taken, len(products))
	var changed []*models.Product
	for i := range products {
		state, there := states[products[i].ID]
		taken[i] = Taken{Locked: state.Locked, Indexed: state.IndexedHash}
		if !state.Locked && (!there || !bytes.Equal(state.ContentHash, products[i].ContentHash())) {
			taken[i].Written = true
			changed = append(changed, &products[i])
		}
	}
	return taken, len(changed), tx.writeProducts(changed)
}

// productRecord is a product as jsonb_to_recordset reads it: one parameter for
// any number of rows.
type productRecord struct {
	models.Product
	Hash     string `json:"hash"`
	Variants any    `json:"variants,omitempty"` // They have records of their own.
}

type variantRecord struct {
	models.Variant
	ProductID uuid.UUID `json:"product_id"`
	Position  int       `json:"position"`
}

func (tx *Tx) writeProducts(products []*models.Product) error {
	if len(products) == 0 {
		return nil
	}
	records, ids := make([]productRecord, len(products)), make([]uuid.UUID, len(products))
	var variants []variantRecord
	for i, p := range products {
		if p.Tags == nil {
			p.Tags = []string{}
		}
		records[i], ids[i] = productRecord{Product: *p, Hash: hex.EncodeToString(p.ContentHash())}, p.ID
		for n := range p.Variants {
			v := &p.Variants[n]
			v.ID = uuid.NewSHA1(p.ID, []byte{byte(n >> 8), byte(n)})
			if v.Options == nil {
				v.Options = []models.Option{}
			}
			variants = append(variants, variantRecord{Variant: *v, ProductID: p.ID, Position: n})
		}
	}
	err := tx.db.Exec(`
		INSERT INTO products (id, account_id, handle, title, body, vendor, type, tags, image_url, published, content_hash)
		SELECT id, ?, handle, title, body, vendor, type, tags, image_url, published, decode(hash, 'hex')
		  FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, handle text, title text, body text, vendor text, type text, tags jsonb, image_url text, published boolean, hash text)
		ON CONFLICT (account_id, handle) DO UPDATE SET title = excluded.title, body = excluded.body, vendor = excluded.vendor, type = excluded.type,
		    tags = excluded.tags, image_url = excluded.image_url, published = excluded.published, content_hash = excluded.content_hash, updated_at = now()`,
		tx.Account, asJSON(records)).Error
	if err != nil {
		return err
	}
	if err := tx.db.Exec("DELETE FROM variants WHERE account_id = ? AND product_id IN ?", tx.Account, ids).Error; err != nil || len(variants) == 0 {
		return err
	}
	return tx.db.Exec(`
		INSERT INTO variants (id, account_id, product_id, position, sku, options, price, compare_at, currency, quantity, tracked, backorder)
		SELECT id, ?, product_id, position, sku, options, price, compare_at, currency, quantity, tracked, backorder
		  FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, product_id uuid, position integer, sku text, options jsonb, price numeric, compare_at numeric,
		       currency text, quantity integer, tracked boolean, backorder boolean)`, tx.Account, asJSON(variants)).Error
}

// ForgetIndexed notes that it isn't known what the index has of products: they
// are about to be written.
func (s *Store) ForgetIndexed(ctx context.Context, account uuid.UUID, ids []uuid.UUID) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Exec("UPDATE products SET indexed_hash = NULL WHERE account_id = ? AND id IN ? AND indexed_hash IS NOT NULL", tx.Account, ids).Error
	})
}

// Mark says that the index has a product: Content is what the product was,
// Indexed what was written of it.
type Mark struct {
	ID      uuid.UUID
	Content []byte
	Indexed []byte
}

// MarkIndexed notes what the index has, once it has it. It returns the products
// that are something else by now, or gone: what the index has of them isn't
// known and must be written again. A row without a content hash is older than
// these hashes and wasn't changed since.
func (s *Store) MarkIndexed(ctx context.Context, account, upload uuid.UUID, marks []Mark) (stale []uuid.UUID, err error) {
	type record struct {
		ID      uuid.UUID `json:"id"`
		Content string    `json:"content"`
		Indexed string    `json:"indexed"`
	}
	records := make([]record, len(marks))
	for i, m := range marks {
		records[i] = record{m.ID, hex.EncodeToString(m.Content), hex.EncodeToString(m.Indexed)}
	}
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		stale = nil
		var marked []uuid.UUID
		err := tx.db.Raw(`
			UPDATE products p SET indexed_hash = decode(r.indexed, 'hex') FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, content text, indexed text)
			 WHERE p.account_id = ? AND p.id = r.id AND coalesce(p.content_hash = decode(r.content, 'hex'), true) RETURNING p.id`, asJSON(records), tx.Account).Scan(&marked).Error
		if err != nil {
			return err
		}
		for _, m := range marks {
			if !slices.Contains(marked, m.ID) {
				stale = append(stale, m.ID)
			}
		}
		if len(stale) > 0 {
			if err := tx.db.Exec("UPDATE products SET indexed_hash = NULL WHERE account_id = ? AND id IN ?", tx.Account, stale).Error; err != nil {
				return err
			}
		}
		return tx.db.Exec("UPDATE imports SET indexed = indexed + ? WHERE account_id = ? AND id = ?", len(marked), tx.Account, upload).Error
	})
	return stale, err
}

// OtherProducts counts an account's products that aren't among those given.
// Those of a connected store don't count.
func (s *Store) OtherProducts(ctx context.Context, account uuid.UUID, products []models.Product) (n int, err error) {
	ids := make([]uuid.UUID, len(products))
	for i, p := range products {
		ids[i] = ProductID(account, p.Handle)
	}
	err = s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Raw("SELECT count(*) FROM products WHERE account_id = ? AND NOT locked AND id NOT IN (SELECT value::uuid FROM jsonb_array_elements_text(?::jsonb))",
			tx.Account, asJSON(ids)).Row().Scan(&n)
	})
	return n, err
}

// ProductsToIndex returns products as ProductsByID does, unpublished ones
// included: whether one is published is decided when it is retrieved.
func (s *Store) ProductsToIndex(ctx context.Context, account uuid.UUID, ids []uuid.UUID) ([]models.Product, error) {
	found, err := s.products(ctx, account, func(db *gorm.DB) *gorm.DB { return db.Where("id IN ?", ids) })
	return inOrder(found, ids, productID), err
}

func productID(p models.Product) uuid.UUID { return p.ID }

// inOrder returns what was found in the order of ids.
func inOrder[T any](found []T, ids []uuid.UUID, idOf func(T) uuid.UUID) []T {
	byID := make(map[uuid.UUID]T, len(found))
	for _, one := range found {
		byID[idOf(one)] = one
	}
	var out []T
	for _, id := range ids {
		if one, ok := byID[id]; ok {
			out = append(out, one)
		}
	}
	return out
}

// Products lists products by title, at most limit.
func (s *Store) Products(ctx context.Context, account uuid.UUID, limit int) ([]models.Product, error) {
	return s.products(ctx, account, func(db *gorm.DB) *gorm.DB { return db.Order("title, id").Limit(limit) })
}

func (s *Store) products(ctx context.Context, account uuid.UUID, narrow func(*gorm.DB) *gorm.DB) ([]models.Product, error) {
	var out []models.Product
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		if err := narrow(tx.db.Where("account_id = ?", tx.Account)).Find(&out).Error; err != nil {
			return err
		}
		return tx.loadVariants(out)
	})
	return out, err
}

// variantRow is a variant with the columns that place it.
type variantRow struct {
	models.Variant
	ProductID uuid.UUID
}

// TableName names the table.
func (variantRow) TableName() string { return "variants" }

// maxParameters is how many IDs a statement is given: Postgres takes 65,535.
const maxParameters = 10_000

func (tx *Tx) loadVariants(products []models.Product) error {
	for part := range slices.Chunk(products, maxParameters) {
		at, ids := make(map[uuid.UUID]int, len(part)), make([]uuid.UUID, len(part))
		for i, p := range part {
			at[p.ID], ids[i] = i, p.ID
		}
		var rows []variantRow
		if err := tx.db.Where("account_id = ? AND product_id IN ?", tx.Account, ids).Order("product_id, position").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			p := &part[at[r.ProductID]]
			p.Variants = append(p.Variants, r.Variant)
		}
	}
	return nil
}
