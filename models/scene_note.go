package models

import (
	"time"

	"github.com/google/uuid"
)

// Note is the summary note of a handoff: what the person who takes over needs
// to know. No customer is shown it.
type Note struct {
	AccountID      uuid.UUID `json:"account_id" gorm:"primaryKey"`
	ConversationID uuid.UUID `json:"conversation_id" gorm:"primaryKey"`
	HandoffSeq     int64     `json:"handoff_seq" gorm:"primaryKey"` // Of the handoff's log line.
	MessageID      uuid.UUID `json:"message_id"`
	Engine         string    `json:"engine"` // Which engine wrote it, such as builtin.
	Refusals       []string  `json:"refusals" gorm:"serializer:json"`
	CreatedAt      time.Time `json:"created_at"`
}

// TableName names the table.
func (Note) TableName() string { return "notes" }

// oweNote has the handoff that was logged just now followed by a note, where
// the settings ask for one.
func (s *Scene) oweNote() {
	if s.Settings.Summarize {
		s.Conversation.NoteSeq = ptr(s.Chat.Seq)
	}
}

// AddNote adds the note of a handoff to its conversation, which may have been
// handed back or closed since: people want it all the same. It is nothing that
// anybody said, so it rouses no run, keeps no conversation open and leaves the
// chat as read as it is.
func (s *Scene) AddNote(conversation uuid.UUID, handoff int64, text string) Message {
	m := s.add(Message{Author: AuthorNote, Text: text})
	m.ConversationID = &conversation
	s.Changes.Messages[len(s.Changes.Messages)-1] = m
	if c := s.Conversation; c != nil && c.ID == conversation && c.NoteSeq != nil && *c.NoteSeq == handoff {
		c.NoteSeq = nil
	}
	return m
}
