-- +goose Up

-- The e-mail server that an account sends by. The password is sealed by the
-- keyring.
CREATE TABLE mail_settings (
    account_id      uuid PRIMARY KEY REFERENCES accounts (id),
    host            text NOT NULL,
    port            integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
    tls             text NOT NULL CHECK (tls IN ('starttls', 'tls', 'none')),
    username        text NOT NULL DEFAULT '',
    password        bytea,
    password_key_id text,
    from_address    text NOT NULL,
    updated_at      timestamptz NOT NULL DEFAULT now()
);
SELECT secure_table('mail_settings');

-- One-time codes that customers asked for. A row is there whether or not there
-- is such an order: whom it goes to is found out when it is sent. "asked"
-- becomes "queued" when the reply that announces it is delivered; "void" is of
-- an order that isn't there or has no address.
CREATE TABLE mails (
    account_id      uuid NOT NULL,
    id              uuid NOT NULL, -- Made of turn and number: a retry asks for no second one.
    chat_id         uuid NOT NULL,
    conversation_id uuid NOT NULL,
    turn_id         uuid NOT NULL,
    number          text NOT NULL,
    address_hash    text,
    order_id        uuid, -- Not a reference: orders go.
    state           text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'queued', 'sending', 'sent', 'void', 'failed')),
    failure         text,
    rung_at         timestamptz,
    used_at         timestamptz, -- When its code proved the order.
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at     timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, chat_id, conversation_id) REFERENCES conversations (account_id, chat_id, id),
    FOREIGN KEY (account_id, turn_id) REFERENCES turns (account_id, id)
);
CREATE INDEX mails_by_chat ON mails (account_id, chat_id, created_at);
CREATE INDEX mails_by_number ON mails (account_id, number, created_at);
CREATE INDEX mails_by_address ON mails (account_id, address_hash, created_at) WHERE address_hash IS NOT NULL;
CREATE INDEX mails_by_turn ON mails (account_id, turn_id);
CREATE INDEX mails_to_send ON mails (created_at) WHERE state IN ('queued', 'sending');
SELECT secure_table('mails');

-- One request for a mail, committed before it leaves. Each has a code of its
-- own, of which a keyed hash is kept and nothing else.
CREATE TABLE mail_attempts (
    account_id  uuid NOT NULL,
    id          uuid NOT NULL,
    mail_id     uuid NOT NULL,
    n           integer NOT NULL,
    state       text NOT NULL CHECK (state IN ('open', 'unknown', 'sent', 'not_sent', 'rejected')),
    code_hash   text NOT NULL,
    failure     text,
    expires_at  timestamptz NOT NULL, -- Of the code.
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, mail_id, n),
    FOREIGN KEY (account_id, mail_id) REFERENCES mails (account_id, id)
);
SELECT secure_table('mail_attempts');

-- What was understood of a message, and what the lead asked for last.
ALTER TABLE messages ADD COLUMN intents jsonb;
ALTER TABLE leads ADD COLUMN intent text;

-- +goose Down
ALTER TABLE leads DROP COLUMN intent;
ALTER TABLE messages DROP COLUMN intents;
DROP TABLE mail_attempts, mails, mail_settings;
