package models

import (
	"time"

	"github.com/google/uuid"
)

// Source is a piece of the knowledge base; what it says is in its revisions.
type Source struct {
	ID        uuid.UUID   `json:"id"`
	AccountID uuid.UUID   `json:"account_id"`
	Key       string      `json:"key"` // Unique in the account; the file name of an import.
	Title     string      `json:"title"`
	Locked    bool        `json:"locked"` // Synced from a store: every way to edit it is refused.
	Enabled   bool        `json:"enabled"`
	State     SourceState `json:"state"`
	Reason    string      `json:"reason"` // Why State is failed.
	UpdatedAt time.Time   `json:"updated_at"`
}

// TableName names the table.
func (Source) TableName() string { return "sources" }

// SourceState tells whether what a source says is searchable.
type SourceState string

// The states of a source.
const (
	SourcePending SourceState = "pending"
	SourceSynced  SourceState = "synced"
	SourceFailed  SourceState = "failed"
)

// Passage is a part of a source's revision that is searched as one unit.
type Passage struct {
	ID         uuid.UUID `json:"id"` // Deterministic from revision and N.
	SourceID   uuid.UUID `json:"source_id"`
	RevisionID uuid.UUID `json:"revision_id"`
	N          int       `json:"n"`
	Headings   []string  `json:"headings" gorm:"serializer:json"` // From the source's title down to the nearest heading.
	Text       string    `json:"text"`                            // Plain text.
}

// TableName names the table.
func (Passage) TableName() string { return "passages" }

// Import is an upload that waits for its ingest workflow, which takes its ID
// only.
type Import struct {
	ID         uuid.UUID   `json:"id"`
	AccountID  uuid.UUID   `json:"account_id"`
	Kind       ImportKind  `json:"kind"`
	SourceID   *uuid.UUID  `json:"source_id"`
	ProductID  *uuid.UUID  `json:"product_id"` // Of a single product that is indexed anew.
	Name       string      `json:"name"`
	Body       []byte      `json:"-"`
	State      ImportState `json:"state"`
	Failure    string      `json:"failure"`
	Done       int         `json:"done"`                              // Of Total.
	Total      int         `json:"total"`                             // What was read of the upload; 0 until it was.
	Written    int         `json:"written"`                           // Rows that weren't there, or were otherwise.
	Indexed    int         `json:"indexed"`                           // Objects that were written into the index.
	Absent     int         `json:"absent"`                            // Products of the account that the upload doesn't have.
	Refused    int         `json:"refused"`                           // Rows that were left out.
	RowErrors  []RowError  `json:"row_errors" gorm:"serializer:json"` // The first MaxRowErrors of them.
	CreatedAt  time.Time   `json:"created_at"`
	FinishedAt *time.Time  `json:"finished_at"`
}

// TableName names the table.
func (Import) TableName() string { return "imports" }

// MaxRowErrors is how many refused rows of an upload are told one by one.
const MaxRowErrors = 1_000

// RowError is a row of an upload that was left out, and why.
type RowError struct {
	Line    int    `json:"line"` // Of orders: the element's place in the list, from 1.
	Message string `json:"message"`
}

// ImportKind is what an upload holds.
type ImportKind string

// The kinds of uploads.
const (
	ImportProducts ImportKind = "products"
	ImportSource   ImportKind = "source"
	ImportOrders   ImportKind = "orders"
	ImportReindex  ImportKind = "reindex" // No upload: what is there is indexed anew.
	ImportProduct  ImportKind = "product" // No upload: one product is indexed as it is now, or leaves the index.
)

// ImportState is how far an upload has come.
type ImportState string

// The states of an upload.
const (
	ImportPending ImportState = "pending"
	ImportDone    ImportState = "done"
	ImportFailed  ImportState = "failed"
)
