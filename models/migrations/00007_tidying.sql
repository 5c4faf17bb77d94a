-- Which tidying is removing a revision's objects from the index just now, or was
-- cut off in that: of two at once, the slower one would remove what an upload
-- has brought back.

-- +goose Up

ALTER TABLE source_revisions
    ADD COLUMN leaving uuid, -- The import whose tidying it is.
    ADD COLUMN leaving_until timestamptz;

CREATE INDEX source_revisions_leaving ON source_revisions (account_id) WHERE leaving IS NOT NULL;

-- +goose Down

ALTER TABLE source_revisions DROP COLUMN leaving, DROP COLUMN leaving_until;
