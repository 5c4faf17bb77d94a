-- +goose Up

-- What an account's index was last wholly written with; nothing while it has
-- none. index_building is the version that a rebuild under way writes, or
-- 'mixed' where writers of several versions met: then it is to be rebuilt.
ALTER TABLE accounts
    ADD COLUMN index_version text NOT NULL DEFAULT '',
    ADD COLUMN index_building text NOT NULL DEFAULT '';

-- Nothing says what there is was written with.
UPDATE accounts SET index_version = 'old';

-- An account's own groups of terms that mean the same, for its searches.
CREATE TABLE synonyms (
    account_id uuid PRIMARY KEY REFERENCES accounts (id),
    terms      jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
SELECT secure_table('synonyms');

CREATE INDEX imports_pending ON imports (created_at) WHERE state = 'pending';

-- +goose Down
DROP INDEX imports_pending;
DROP TABLE synonyms;
ALTER TABLE accounts DROP COLUMN index_version, DROP COLUMN index_building;
