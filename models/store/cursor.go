package store

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/google/uuid"

	"kedai/models"
)

// Cursor is where a page of a list ends: what the list is ordered by, and the
// ID that tells equals apart. It holds while rows come and go.
type Cursor struct {
	Key string    `json:"k"`
	ID  uuid.UUID `json:"i"`
}

// String returns a cursor's form for the outside, which says nothing there.
func (c Cursor) String() string { return base64.RawURLEncoding.EncodeToString([]byte(asJSON(c))) }

// ParseCursor is the inverse of String. CodeInvalid for anything else.
func ParseCursor(text string) (*Cursor, error) {
	var c Cursor
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &c) != nil || c.ID == uuid.Nil || strings.ContainsRune(c.Key, 0) {
		return nil, errCursor
	}
	return &c, nil
}

var errCursor = models.Errorf(models.CodeInvalid, "after must be what an earlier page gave as next")
