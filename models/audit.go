package models

import (
	"time"

	"github.com/google/uuid"
)

// AuditEntry records who changed what; it is written in the change's own
// transaction and never altered.
type AuditEntry struct {
	ID        uuid.UUID  `json:"id"`
	AccountID uuid.UUID  `json:"account_id"`
	At        time.Time  `json:"at"`
	Actor     string     `json:"actor"`
	Action    string     `json:"action"`
	Subject   string     `json:"subject"`
	SubjectID *uuid.UUID `json:"subject_id"`
	Before    any        `json:"before" gorm:"serializer:json"`
	After     any        `json:"after" gorm:"serializer:json"`
}

// TableName names the table.
func (AuditEntry) TableName() string { return "audit_entries" }
