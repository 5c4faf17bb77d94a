package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// OrderID returns the ID of an account's order, so that importing the shop's
// own ID again updates its row.
func OrderID(account uuid.UUID, external string) uuid.UUID {
	return uuid.NewSHA1(account, []byte("order/"+external))
}

// orderRow is an order with the columns that look-ups compare.
type orderRow struct {
	ID          uuid.UUID       `json:"id"`
	ExternalID  string          `json:"external_id"`
	Number      string          `json:"number"`
	Name        string          `json:"name"`
	Email       *string         `json:"email"`
	Phone       *string         `json:"phone"`
	ProcessedAt time.Time       `json:"processed_at"`
	Data        json.RawMessage `json:"data"`
}

// TableName names the table.
func (orderRow) TableName() string { return "orders" }

// PutOrders inserts or replaces orders by the shop's own ID; what is there
// already in the same words isn't written. IDs are set in place. CodeConflict
// where a newer upload of orders came; an upload of uuid.Nil never gives way.
func (s *Store) PutOrders(ctx context.Context, account, upload uuid.UUID, orders []models.Order) error {
	if len(orders) == 0 {
		return nil
	}
	rows := make([]orderRow, len(orders))
	for i := range orders {
		o := &orders[i]
		o.ID, o.AccountID, o.ProcessedAt = OrderID(account, o.ExternalID), account, o.ProcessedAt.UTC()
		rows[i] = orderRow{
			ID: o.ID, ExternalID: o.ExternalID, Number: models.OrderNumber(o.Name), Name: o.Name,
			Email: unlessEmpty(o.Email), Phone: unlessEmpty(o.Phone), ProcessedAt: o.ProcessedAt, Data: json.RawMessage(asJSON(o)),
		}
	}
	raw := asJSON(rows)
	return s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.giveWay(upload); err != nil {
			return err
		}
		written := tx.db.Exec(`
			INSERT INTO orders (id, account_id, external_id, number, name, email, phone, processed_at, data)
			SELECT id, ?, external_id, number, name, email, phone, processed_at, data
			  FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, external_id text, number text, name text, email text, phone text, processed_at timestamptz, data jsonb)
			ON CONFLICT (account_id, external_id) DO UPDATE SET number = excluded.number, name = excluded.name, email = excluded.email, phone = excluded.phone,
			    processed_at = excluded.processed_at, data = excluded.data, updated_at = now()
			 WHERE orders.data IS DISTINCT FROM excluded.data`, tx.Account, raw)
		if written.Error != nil || upload == uuid.Nil {
			return written.Error
		}
		return expectOne(tx.db.Exec("UPDATE imports SET written = written + ? WHERE account_id = ? AND id = ?", written.RowsAffected, tx.Account, upload))
	})
}

func unlessEmpty(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Order returns one order.
func (s *Store) Order(ctx context.Context, account, id uuid.UUID) (models.Order, error) {
	orders, err := s.orders(ctx, account, func(db *gorm.DB) *gorm.DB { return db.Where("id = ?", id).Limit(1) })
	if err == nil && len(orders) == 0 {
		err = models.Errorf(models.CodeNotFound, "there is no such order")
	}
	if err != nil {
		return models.Order{}, err
	}
	return orders[0], nil
}

// maxFound bounds a look-up: nobody is told of more orders than these.
const maxFound = 20

// newestFirst is the order of every list of orders.
const newestFirst = "processed_at DESC, id DESC"

// OrdersByName returns the orders of a name, such as #1042, the newest first;
// a shop's names are seldom the same, but nothing forbids it. Who asks for them
// has proven nothing by that.
func (s *Store) OrdersByName(ctx context.Context, account uuid.UUID, name string) ([]models.Order, error) {
	number := models.OrderNumber(name)
	if number == "" {
		return nil, nil
	}
	return s.orders(ctx, account, func(db *gorm.DB) *gorm.DB {
		return db.Where("number = ?", number).Order(newestFirst).Limit(maxFound)
	})
}

// OrdersByContact returns the newest orders of an e-mail address or a phone
// number, either of which may be empty. Only what a channel has verified may
// be asked for here on a customer's behalf.
func (s *Store) OrdersByContact(ctx context.Context, account uuid.UUID, email, phone string) ([]models.Order, error) {
	email, phone = models.NormalEmail(email), models.NormalPhone(phone)
	if email == "" && phone == "" {
		return nil, nil
	}
	// A null is equal to nothing, so an empty one finds nothing.
	return s.orders(ctx, account, func(db *gorm.DB) *gorm.DB {
		return db.Where("email = ? OR phone = ?", unlessEmpty(email), unlessEmpty(phone)).Order(newestFirst).Limit(maxFound)
	})
}

// Orders lists orders, the newest first, on from after. search is the beginning
// of a number or of an e-mail address, or a phone number or its end.
func (s *Store) Orders(ctx context.Context, account uuid.UUID, search string, after *Cursor, limit int) (orders []models.Order, next *Cursor, err error) {
	var before time.Time
	if after != nil {
		if before, err = time.Parse(time.RFC3339Nano, after.Key); err != nil {
			return nil, nil, errCursor
		}
	}
	orders, err = s.orders(ctx, account, func(db *gorm.DB) *gorm.DB {
		if search = strings.TrimSpace(search); search != "" {
			db = db.Where(ordersLike(db.Session(&gorm.Session{NewDB: true}), search))
		}
		if after != nil {
			db = db.Where("(processed_at, id) < (?, ?)", before, after.ID)
		}
		return db.Order(newestFirst).Limit(limit + 1)
	})
	if len(orders) > limit {
		orders = orders[:limit]
		last := orders[limit-1]
		next = &Cursor{Key: last.ProcessedAt.Format(time.RFC3339Nano), ID: last.ID}
	}
	return orders, next, err
}

// fewestDigits is how much of a phone number is searched for.
const fewestDigits = 4

// phoneEnd returns the digits of what may be a phone number or its end.
func phoneEnd(search string) string {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case unicode.IsLetter(r) || r == '@' || r == '#':
			return unicode.ReplacementChar
		}
		return -1
	}, search)
	if strings.ContainsRune(digits, unicode.ReplacementChar) || len(digits) < fewestDigits {
		return ""
	}
	return digits
}

func ordersLike(db *gorm.DB, search string) *gorm.DB {
	db = db.Where("email LIKE ?", likeText(strings.ToLower(search))+"%")
	if number := models.OrderNumber(search); number != "" {
		db = db.Or("number LIKE ?", likeText(number)+"%")
	}
	if digits := phoneEnd(search); digits != "" {
		db = db.Or("phone LIKE ?", "%"+digits)
	}
	return db
}

// likeText has a text stand for itself in a LIKE.
func likeText(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}

func (s *Store) orders(ctx context.Context, account uuid.UUID, narrow func(*gorm.DB) *gorm.DB) ([]models.Order, error) {
	var out []models.Order
	err := s.InAccount(ctx, account, func(tx *Tx) (err error) {
		out, err = tx.orders(narrow)
		return err
	})
	return out, err
}

func (tx *Tx) orders(narrow func(*gorm.DB) *gorm.DB) ([]models.Order, error) {
	var rows []orderRow
	if err := narrow(tx.db.Where("account_id = ?", tx.Account)).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]models.Order, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal(r.Data, &out[i]); err != nil {
			return nil, models.Errorf(models.CodeInternal, "an order's row can't be read")
		}
		out[i].AccountID = tx.Account
	}
	return out, nil
}
