-- +goose Up

-- A source is what is known of it beside its revisions: where it comes from and
-- how its newest upload went. Which revision counts is said by source_sets.
ALTER TABLE sources
    ADD COLUMN origin text NOT NULL DEFAULT 'upload' CHECK (origin IN ('upload', 'url', 'text', 'store')),
    ADD COLUMN url text NOT NULL DEFAULT '',
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_revision_id uuid, -- What a restore brings back.
    ADD COLUMN deleted_enabled boolean NOT NULL DEFAULT true,
    ADD FOREIGN KEY (account_id, id, deleted_revision_id) REFERENCES source_revisions (account_id, source_id, id);
CREATE INDEX sources_deleted ON sources (account_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- body and body_hash never change. The rest is what reading them brought.
ALTER TABLE source_revisions
    ADD COLUMN title text NOT NULL DEFAULT '',
    ADD COLUMN format text NOT NULL DEFAULT '',
    ADD COLUMN text text NOT NULL DEFAULT '',
    ADD COLUMN topics jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'synced', 'failed')),
    ADD COLUMN reason text NOT NULL DEFAULT '',
    ADD COLUMN indexed boolean NOT NULL DEFAULT false, -- Its objects are in the index, or about to be.
    ADD COLUMN examined boolean NOT NULL DEFAULT false; -- Its topics, facts and findings are there.

CREATE TABLE source_sets (
    account_id  uuid NOT NULL,
    version     text NOT NULL CHECK (version IN ('draft', 'live')),
    source_id   uuid NOT NULL,
    revision_id uuid, -- Null while a new source's first upload is read.
    enabled     boolean NOT NULL DEFAULT true,
    PRIMARY KEY (account_id, version, source_id),
    FOREIGN KEY (account_id, source_id) REFERENCES sources (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, source_id, revision_id) REFERENCES source_revisions (account_id, source_id, id),
    CHECK (version = 'draft' OR revision_id IS NOT NULL)
);
CREATE INDEX source_sets_by_revision ON source_sets (account_id, revision_id);
SELECT secure_table('source_sets');

CREATE TABLE findings (
    id          uuid NOT NULL,
    account_id  uuid NOT NULL,
    source_id   uuid NOT NULL,
    revision_id uuid NOT NULL,
    kind        text NOT NULL,
    place       text NOT NULL,
    detail      text NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, source_id, revision_id) REFERENCES source_revisions (account_id, source_id, id)
);
CREATE INDEX findings_by_revision ON findings (account_id, revision_id);
SELECT secure_table('findings');

-- What a revision states as a figure, to be held against other sources.
CREATE TABLE facts (
    id          uuid NOT NULL,
    account_id  uuid NOT NULL,
    source_id   uuid NOT NULL,
    revision_id uuid NOT NULL,
    subject     text NOT NULL,
    value       text NOT NULL,
    place       text NOT NULL,
    quote       text NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, source_id, revision_id) REFERENCES source_revisions (account_id, source_id, id)
);
CREATE INDEX facts_by_revision ON facts (account_id, revision_id);
SELECT secure_table('facts');

-- The settings that the draft changes, by name; what isn't here is as it is live.
CREATE TABLE agent_drafts (
    account_id uuid PRIMARY KEY REFERENCES accounts (id),
    changes    jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
SELECT secure_table('agent_drafts');

INSERT INTO source_sets (account_id, version, source_id, revision_id, enabled)
SELECT account_id, v, id, live_revision_id, enabled FROM sources, unnest(ARRAY['draft', 'live']) v
 WHERE v = 'draft' OR live_revision_id IS NOT NULL;
UPDATE source_revisions r SET state = 'synced', format = 'markdown', text = convert_from(r.body, 'UTF8'), title = s.title,
       indexed = s.live_revision_id IS NOT DISTINCT FROM r.id
  FROM sources s WHERE s.account_id = r.account_id AND s.id = r.source_id;

ALTER TABLE sources DROP COLUMN live_revision_id, DROP COLUMN enabled;

ALTER TABLE imports
    ADD COLUMN draft boolean NOT NULL DEFAULT false, -- Into the draft set only.
    ADD COLUMN title text NOT NULL DEFAULT '',       -- Takes the place of the one in the body.
    ADD COLUMN url text NOT NULL DEFAULT '',         -- Where the body is fetched from.
    ADD COLUMN revision_id uuid,                     -- A revision that there is, to be indexed again.
    ADD FOREIGN KEY (account_id, source_id, revision_id) REFERENCES source_revisions (account_id, source_id, id),
    DROP CONSTRAINT imports_kind_check,
    ADD CONSTRAINT imports_kind_check CHECK (kind IN ('products', 'source', 'reindex', 'tidy'));
CREATE INDEX imports_by_source ON imports (account_id, source_id, created_at DESC);

-- What stands in the sets is read once more, for its topics, facts and findings.
INSERT INTO imports (id, account_id, kind, source_id, name, body, revision_id)
SELECT gen_random_uuid(), l.account_id, 'source', l.source_id, s.key, '', l.revision_id
  FROM source_sets l JOIN sources s ON s.account_id = l.account_id AND s.id = l.source_id
 WHERE l.version = 'live' AND s.state = 'synced';

-- +goose Down
ALTER TABLE sources ADD COLUMN enabled boolean NOT NULL DEFAULT true, ADD COLUMN live_revision_id uuid;
UPDATE sources s SET enabled = l.enabled, live_revision_id = l.revision_id
  FROM source_sets l WHERE l.account_id = s.account_id AND l.source_id = s.id AND l.version = 'live';
ALTER TABLE sources ADD FOREIGN KEY (account_id, id, live_revision_id) REFERENCES source_revisions (account_id, source_id, id);
-- What was for the draft only, or is to be fetched, the code before would take
-- live as it is; and it knows no deleted sources.
DELETE FROM imports WHERE kind = 'tidy' OR revision_id IS NOT NULL OR state = 'pending' AND (draft OR url <> '');
DROP TABLE facts, findings;
UPDATE sources SET deleted_revision_id = NULL;
DELETE FROM imports i USING sources s WHERE i.account_id = s.account_id AND i.source_id = s.id AND s.deleted_at IS NOT NULL;
DELETE FROM passages p USING sources s WHERE p.account_id = s.account_id AND p.source_id = s.id AND s.deleted_at IS NOT NULL;
DELETE FROM source_revisions r USING sources s WHERE r.account_id = s.account_id AND r.source_id = s.id AND s.deleted_at IS NOT NULL;
DELETE FROM sources WHERE deleted_at IS NOT NULL;
ALTER TABLE imports
    DROP CONSTRAINT imports_kind_check,
    ADD CONSTRAINT imports_kind_check CHECK (kind IN ('products', 'source', 'reindex')),
    DROP COLUMN draft, DROP COLUMN title, DROP COLUMN url, DROP COLUMN revision_id;
DROP INDEX imports_by_source;
DROP TABLE agent_drafts, source_sets;
ALTER TABLE source_revisions DROP COLUMN title, DROP COLUMN format, DROP COLUMN text, DROP COLUMN topics,
    DROP COLUMN state, DROP COLUMN reason, DROP COLUMN indexed, DROP COLUMN examined;
ALTER TABLE sources DROP COLUMN origin, DROP COLUMN url, DROP COLUMN deleted_at, DROP COLUMN deleted_revision_id, DROP COLUMN deleted_enabled;
