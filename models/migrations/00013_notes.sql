-- +goose Up

-- The settings' tick box: a handoff is followed by a note for people.
ALTER TABLE agent_settings ADD COLUMN summarize boolean NOT NULL DEFAULT false;

-- The handoff, by the seq of its log line, whose note is to be written; null
-- where none is.
ALTER TABLE conversations ADD COLUMN note_seq bigint;

-- A note is a message that is for people only: it can't be what is sent.
ALTER TABLE messages ADD CONSTRAINT messages_notes_stay CHECK (author <> 'note' OR outbound_id IS NULL);

-- The note of a handoff; its text is its message's. A handoff has one.
CREATE TABLE notes (
    account_id      uuid NOT NULL,
    conversation_id uuid NOT NULL,
    handoff_seq     bigint NOT NULL,
    message_id      uuid NOT NULL,
    engine          text NOT NULL,
    refusals        jsonb NOT NULL DEFAULT '[]', -- Why a model's note was not taken.
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, conversation_id, handoff_seq),
    FOREIGN KEY (account_id, conversation_id) REFERENCES conversations (account_id, id),
    FOREIGN KEY (account_id, message_id) REFERENCES messages (account_id, id)
);
SELECT secure_table('notes');

-- +goose Down
DROP TABLE notes;
ALTER TABLE messages DROP CONSTRAINT messages_notes_stay;
ALTER TABLE conversations DROP COLUMN note_seq;
ALTER TABLE agent_settings DROP COLUMN summarize;
