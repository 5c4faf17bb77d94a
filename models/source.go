package models

import (
	"time"

	"github.com/google/uuid"
)

// Source is a piece of the knowledge base; what it says is in its revisions.
type Source struct {
	ID        uuid.UUID    `json:"id"`
	AccountID uuid.UUID    `json:"account_id"`
	Key       string       `json:"key"` // Unique in the account; the file name of an upload.
	Title     string       `json:"title"`
	Origin    SourceOrigin `json:"origin"`
	URL       string       `json:"url"`
	Locked    bool         `json:"locked"` // Synced from a store: every way to edit it is refused.
	State     SourceState  `json:"state"`
	Reason    string       `json:"reason"` // Why State is failed.
	CreatedAt time.Time    `json:"created_at"`
	UpdatedAt time.Time    `json:"updated_at"`
	DeletedAt *time.Time   `json:"deleted_at"` // In neither set since then.
	// What the asked set has of it.
	RevisionID *uuid.UUID `json:"revision_id"` // Nil while its first upload is read.
	Enabled    bool       `json:"enabled"`
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

// Revision is what a source said at a time. Its body never changes.
type Revision struct {
	ID        uuid.UUID   `json:"id"`
	SourceID  uuid.UUID   `json:"source_id"`
	Title     string      `json:"title"`
	Format    string      `json:"format"`
	Text      string      `json:"text"` // What was indexed, as text.
	State     SourceState `json:"state"`
	Reason    string      `json:"reason"`
	Indexed   bool        `json:"-"`
	Examined  bool        `json:"-"`
	CreatedAt time.Time   `json:"created_at"`
}

// TableName names the table.
func (Revision) TableName() string { return "source_revisions" }

// SourceOrigin is where a source comes from.
type SourceOrigin string

// The origins of sources.
const (
	OriginUpload SourceOrigin = "upload"
	OriginURL    SourceOrigin = "url"
	OriginText   SourceOrigin = "text"
	OriginStore  SourceOrigin = "store"
)

// SourceSet names a version of the knowledge base.
type SourceSet string

// The sets: chats are answered from the live one; people work on the draft,
// which Save makes the live one.
const (
	SetDraft SourceSet = "draft"
	SetLive  SourceSet = "live"
)

// RestoreDays is how long a deleted source can be restored.
const RestoreDays = 30

// Import is an upload that waits for its ingest workflow, which takes its ID
// only.
type Import struct {
	ID         uuid.UUID   `json:"id"`
	AccountID  uuid.UUID   `json:"account_id"`
	Kind       ImportKind  `json:"kind"`
	SourceID   *uuid.UUID  `json:"source_id"`
	ProductID  *uuid.UUID  `json:"product_id"` // Of a single product that is indexed anew.
	Name       string      `json:"name"`
	Title      string      `json:"title"` // Of a source: takes the place of the one in the body.
	URL        string      `json:"url"`   // Where the body is fetched from; else it is here.
	Body       []byte      `json:"-"`
	Draft      bool        `json:"draft"`       // Into the draft set only.
	RevisionID *uuid.UUID  `json:"revision_id"` // A revision that there is, to be indexed again.
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
	ImportTidy     ImportKind = "tidy"    // No upload: what no set has leaves the index.
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
