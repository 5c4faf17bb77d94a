-- +goose Up

-- What a channel proves of a customer beside the e-mail address, and a keyed
-- hash of the network address that the newest message came from.
ALTER TABLE chats
    ADD COLUMN verified_phone text CHECK (verified_phone ~ '^\+?[0-9]+$'),
    ADD COLUMN address_hash text;

-- What answers take for now, so that an exam's or a demo's dates hold; null:
-- the turn's own time.
ALTER TABLE accounts ADD COLUMN answers_at timestamptz;

-- A typed order number with a typed address or phone, and whether both are of
-- one order. The ID is made of turn, number and contact: a retry is no second
-- try. What was typed isn't kept.
CREATE TABLE order_tries (
    account_id      uuid NOT NULL,
    id              uuid NOT NULL,
    chat_id         uuid NOT NULL,
    conversation_id uuid NOT NULL,
    number          text NOT NULL,
    address_hash    text,
    order_id        uuid, -- Of the order, where the try was right; not a reference: orders go.
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, chat_id, conversation_id) REFERENCES conversations (account_id, chat_id, id)
);
CREATE INDEX order_tries_by_chat ON order_tries (account_id, chat_id, created_at);
CREATE INDEX order_tries_by_number ON order_tries (account_id, number, created_at) WHERE order_id IS NULL;
CREATE INDEX order_tries_by_address ON order_tries (account_id, address_hash, created_at) WHERE order_id IS NULL AND address_hash IS NOT NULL;
SELECT secure_table('order_tries');

-- +goose Down
DROP TABLE order_tries;
ALTER TABLE accounts DROP COLUMN answers_at;
ALTER TABLE chats DROP COLUMN verified_phone, DROP COLUMN address_hash;
