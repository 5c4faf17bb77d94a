-- +goose Up

-- A chat of the team's own with the agent. It stands apart from customers'
-- chats: no contact, lead or conversation belongs to it.
CREATE TABLE playground_chats (
    account_id uuid NOT NULL REFERENCES accounts (id),
    id         uuid NOT NULL,
    set        text NOT NULL CHECK (set IN ('draft', 'live')),
    language   text, -- Null: that of the settings.
    identity   jsonb,
    created_by uuid, -- Null: from the command line.
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, created_by) REFERENCES users (account_id, id)
);
CREATE INDEX playground_chats_by_time ON playground_chats (account_id, created_at);
SELECT secure_table('playground_chats');

CREATE TABLE playground_turns (
    account_id   uuid NOT NULL,
    chat_id      uuid NOT NULL,
    n            integer NOT NULL,
    messages     jsonb NOT NULL,
    state        text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed')),
    language     text NOT NULL DEFAULT '',
    action       text NOT NULL DEFAULT '',
    reason       text NOT NULL DEFAULT '',
    intent       text NOT NULL DEFAULT '',
    reply        text NOT NULL DEFAULT '',
    handoff_text text NOT NULL DEFAULT '', -- What would be said instead of the reply; empty where it would be the reply.
    limited      boolean NOT NULL DEFAULT false,
    evidence     jsonb NOT NULL DEFAULT '[]',
    cites        jsonb NOT NULL DEFAULT '[]',
    engine       text NOT NULL DEFAULT '',
    refusals     jsonb NOT NULL DEFAULT '[]',
    failure      text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at  timestamptz,
    PRIMARY KEY (account_id, chat_id, n),
    FOREIGN KEY (account_id, chat_id) REFERENCES playground_chats (account_id, id) ON DELETE CASCADE
);
SELECT secure_table('playground_turns');

-- +goose Down
DROP TABLE playground_turns, playground_chats;
