-- +goose Up

-- content_hash is what a product is, its variants included; indexed_hash what
-- the index has of it. An import skips what it finds there already: a row by
-- the one, an object by the other. Null: not known, so it is written.
ALTER TABLE products
    ADD COLUMN content_hash bytea,
    ADD COLUMN indexed_hash bytea,
    ADD COLUMN locked boolean NOT NULL DEFAULT false;

ALTER TABLE imports
    ADD COLUMN total      integer NOT NULL DEFAULT 0,
    ADD COLUMN written    integer NOT NULL DEFAULT 0,
    ADD COLUMN indexed    integer NOT NULL DEFAULT 0,
    ADD COLUMN refused    integer NOT NULL DEFAULT 0,
    ADD COLUMN absent     integer NOT NULL DEFAULT 0,
    -- Without a reference: it may name a product that was deleted.
    ADD COLUMN product_id uuid;

-- What kinds there are is the code's to say, which refuses one that it doesn't
-- know: a list here would have to be repeated with each new kind.
ALTER TABLE imports DROP CONSTRAINT imports_kind_check;
ALTER TABLE imports ADD CONSTRAINT imports_kind_check CHECK (kind ~ '^[a-z_]{1,40}$');

-- number, email and phone are in the one form that look-ups compare; the rest
-- of an order stands in data.
CREATE TABLE orders (
    id           uuid NOT NULL,
    account_id   uuid NOT NULL REFERENCES accounts (id),
    external_id  text NOT NULL,
    number       text NOT NULL,
    name         text NOT NULL,
    email        text CHECK (email = lower(email)),
    phone        text CHECK (phone ~ '^\+?[0-9]+$'),
    processed_at timestamptz NOT NULL,
    data         jsonb NOT NULL,
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, external_id)
);
CREATE INDEX orders_by_number ON orders (account_id, number text_pattern_ops);
CREATE INDEX orders_by_email ON orders (account_id, email text_pattern_ops) WHERE email IS NOT NULL;
CREATE INDEX orders_by_phone ON orders (account_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX orders_by_time ON orders (account_id, processed_at DESC, id DESC);
SELECT secure_table('orders');

-- +goose Down
DROP TABLE orders;
DELETE FROM imports WHERE kind NOT IN ('products', 'source', 'reindex', 'tidy');
ALTER TABLE imports DROP CONSTRAINT imports_kind_check;
ALTER TABLE imports ADD CONSTRAINT imports_kind_check CHECK (kind IN ('products', 'source', 'reindex', 'tidy'));
ALTER TABLE imports DROP COLUMN total, DROP COLUMN written, DROP COLUMN indexed, DROP COLUMN refused, DROP COLUMN absent, DROP COLUMN product_id;
ALTER TABLE products DROP COLUMN content_hash, DROP COLUMN indexed_hash, DROP COLUMN locked;
