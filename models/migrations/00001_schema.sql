-- +goose Up

-- Every table carries account_id, and every reference between two tables of an
-- account is a composite key with it: a row can't point into another account,
-- whatever the code does.

CREATE TABLE accounts (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (name <> ''),
    currency   text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    time_zone  text NOT NULL DEFAULT 'UTC',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE agent_settings (
    account_id          uuid PRIMARY KEY REFERENCES accounts (id),
    enabled             boolean NOT NULL DEFAULT false,
    language            text NOT NULL DEFAULT 'en',
    handoff_messages    jsonb NOT NULL DEFAULT '{}',
    burst_question_ms   integer NOT NULL DEFAULT 400 CHECK (burst_question_ms BETWEEN 0 AND 60000),
    burst_quiet_ms      integer NOT NULL DEFAULT 1200 CHECK (burst_quiet_ms BETWEEN 0 AND 60000),
    burst_max_ms        integer NOT NULL DEFAULT 6000 CHECK (burst_max_ms BETWEEN 0 AND 60000),
    final_after_ms      integer NOT NULL DEFAULT 15000 CHECK (final_after_ms BETWEEN 0 AND 600000),
    cooldown_ms         bigint NOT NULL DEFAULT 300000 CHECK (cooldown_ms BETWEEN 0 AND 86400000),
    auto_close_ms       bigint NOT NULL DEFAULT 86400000 CHECK (auto_close_ms >= 100),
    typing_lease_ms     integer NOT NULL DEFAULT 20000 CHECK (typing_lease_ms BETWEEN 100 AND 600000),
    unknown_send_ms     integer NOT NULL DEFAULT 30000 CHECK (unknown_send_ms BETWEEN 100 AND 600000),
    replies_per_day     integer CHECK (replies_per_day >= 0),
    model_key           bytea,
    model_key_id        text,
    updated_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
    id         uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    name       text NOT NULL,
    email      text,
    role       text NOT NULL CHECK (role IN ('admin', 'manager')),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_given_at timestamptz, -- When a new lead was last given to the user.
    PRIMARY KEY (account_id, id)
);

CREATE TABLE api_tokens (
    id         uuid NOT NULL,
    account_id uuid NOT NULL,
    user_id    uuid NOT NULL,
    hash       bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);

CREATE TABLE pipelines (
    id         uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    name       text NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE stages (
    id          uuid NOT NULL,
    account_id  uuid NOT NULL,
    pipeline_id uuid NOT NULL,
    name        text NOT NULL,
    position    integer NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('open', 'won', 'lost')),
    is_default  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, pipeline_id, id),
    FOREIGN KEY (account_id, pipeline_id) REFERENCES pipelines (account_id, id)
);
CREATE UNIQUE INDEX stages_one_default ON stages (account_id) WHERE is_default;

CREATE TABLE inboxes (
    id                uuid NOT NULL,
    account_id        uuid NOT NULL REFERENCES accounts (id),
    public_id         uuid NOT NULL UNIQUE,
    channel           text NOT NULL,
    name              text NOT NULL,
    agent_selected    boolean NOT NULL DEFAULT false,
    manager_id        uuid,
    endpoint          text NOT NULL DEFAULT '',
    allowed_origins   jsonb NOT NULL DEFAULT '[]',
    secret            bytea,
    secret_key_id     text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, manager_id) REFERENCES users (account_id, id)
);

CREATE TABLE triggers (
    id         uuid NOT NULL,
    account_id uuid NOT NULL,
    stage_id   uuid NOT NULL,
    inbox_id   uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, stage_id, inbox_id),
    FOREIGN KEY (account_id, stage_id) REFERENCES stages (account_id, id),
    FOREIGN KEY (account_id, inbox_id) REFERENCES inboxes (account_id, id)
);

CREATE TABLE contacts (
    id         uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    name       text NOT NULL DEFAULT '',
    email      text,
    phone      text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id)
);

CREATE TABLE leads (
    id               uuid NOT NULL,
    account_id       uuid NOT NULL,
    contact_id       uuid NOT NULL,
    pipeline_id      uuid NOT NULL,
    stage_id         uuid NOT NULL,
    manager_id       uuid,
    agent_stopped_at timestamptz,
    agent_stopped_by uuid,
    closed_at        timestamptz,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts (account_id, id),
    FOREIGN KEY (account_id, pipeline_id, stage_id) REFERENCES stages (account_id, pipeline_id, id),
    FOREIGN KEY (account_id, manager_id) REFERENCES users (account_id, id)
);
CREATE UNIQUE INDEX leads_one_open ON leads (account_id, contact_id) WHERE closed_at IS NULL;
CREATE INDEX leads_by_stage ON leads (account_id, stage_id);

CREATE TABLE chats (
    id               uuid NOT NULL,
    account_id       uuid NOT NULL,
    inbox_id         uuid NOT NULL,
    identity         text NOT NULL,
    contact_id       uuid NOT NULL,
    verified_email   text,
    -- The numbers of the doorbell.
    seq              bigint NOT NULL DEFAULT 0,
    last_in_seq      bigint NOT NULL DEFAULT 0,
    wake_seq         bigint NOT NULL DEFAULT 0,
    wake_at          timestamptz,
    last_in_quick    boolean NOT NULL DEFAULT false,
    -- The relay's own: what was signalled, and how often it rang in vain.
    signalled_seq    bigint NOT NULL DEFAULT 0,
    woken_at         timestamptz NOT NULL DEFAULT now(),
    rung_at          timestamptz,
    rings            integer NOT NULL DEFAULT 0,
    -- Inbound messages up to here have been answered, by whom ever.
    answered_seq     bigint NOT NULL DEFAULT 0,
    turn_at          timestamptz,
    last_activity_at timestamptz NOT NULL DEFAULT now(),
    cooldown_until   timestamptz,
    send_again_at    timestamptz,
    typing_by        uuid,
    typing_until     timestamptz,
    agent_typing     boolean NOT NULL DEFAULT false,
    customer_read_seq bigint NOT NULL DEFAULT 0,
    team_read_seq    bigint NOT NULL DEFAULT 0,
    unread           boolean NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (id),
    UNIQUE (account_id, inbox_id, identity),
    FOREIGN KEY (account_id, inbox_id) REFERENCES inboxes (account_id, id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts (account_id, id)
) WITH (fillfactor = 70);
CREATE INDEX chats_unsignalled ON chats (woken_at) WHERE signalled_seq < wake_seq;
CREATE INDEX chats_deadlines ON chats (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX chats_unanswered ON chats (turn_at) WHERE last_in_seq > answered_seq;
CREATE INDEX chats_by_contact ON chats (account_id, contact_id);

CREATE TABLE conversations (
    id               uuid NOT NULL,
    account_id       uuid NOT NULL,
    chat_id          uuid NOT NULL,
    lead_id          uuid NOT NULL,
    owner            text NOT NULL DEFAULT 'nobody' CHECK (owner IN ('nobody', 'agent', 'person')),
    manager_id       uuid,
    opened_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    opened_seq       bigint NOT NULL,
    -- Inbound messages up to here were held against the trigger.
    considered_seq   bigint NOT NULL DEFAULT 0,
    agent_started_at timestamptz,
    agent_ended_at   timestamptz,
    agent_end_reason text,
    person_replied_at timestamptz,
    handed_over_at   timestamptz,
    handoff_reason   text,
    stopped_at       timestamptz,
    closed_at        timestamptz,
    closed_by        text,
    close_reason     text,
    reopened_at      timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, chat_id, id),
    FOREIGN KEY (account_id, chat_id) REFERENCES chats (account_id, id),
    FOREIGN KEY (account_id, lead_id) REFERENCES leads (account_id, id),
    FOREIGN KEY (account_id, manager_id) REFERENCES users (account_id, id),
    CHECK (owner <> 'agent' OR (agent_started_at IS NOT NULL AND stopped_at IS NULL))
);
CREATE UNIQUE INDEX conversations_one_open ON conversations (chat_id) WHERE closed_at IS NULL;
CREATE INDEX conversations_served ON conversations (chat_id) WHERE closed_at IS NULL AND owner = 'agent';
CREATE INDEX conversations_by_lead ON conversations (account_id, lead_id);

CREATE TABLE turns (
    id              uuid NOT NULL,
    account_id      uuid NOT NULL,
    chat_id         uuid NOT NULL,
    conversation_id uuid NOT NULL,
    first_seq       bigint NOT NULL,
    covers_seq      bigint NOT NULL,
    attempt         integer NOT NULL DEFAULT 1,
    round           integer NOT NULL DEFAULT 1,
    supersedes      integer NOT NULL DEFAULT 0,
    final           boolean NOT NULL DEFAULT false,
    deferred_at     timestamptz,
    deferred_ms     bigint NOT NULL DEFAULT 0,
    state           text NOT NULL DEFAULT 'preparing' CHECK (state IN ('preparing', 'delivered', 'silenced')),
    silenced_why    text,
    language        text NOT NULL,
    intent          text,
    action          text,
    reason          text,
    draft           text,
    draft_attempt   integer,
    cites           jsonb NOT NULL DEFAULT '[]',
    need            text NOT NULL DEFAULT '',
    engine          text,
    refusals        jsonb NOT NULL DEFAULT '[]',
    failure         text,
    started_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (chat_id, first_seq),
    FOREIGN KEY (account_id, chat_id, conversation_id) REFERENCES conversations (account_id, chat_id, id)
);

CREATE TABLE evidence (
    id         uuid NOT NULL,
    account_id uuid NOT NULL,
    turn_id    uuid NOT NULL,
    attempt    integer NOT NULL,
    n          integer NOT NULL,
    kind       text NOT NULL,
    score      double precision NOT NULL,
    content    jsonb NOT NULL,
    PRIMARY KEY (account_id, id),
    UNIQUE (turn_id, attempt, n),
    FOREIGN KEY (account_id, turn_id) REFERENCES turns (account_id, id)
);

CREATE TABLE outbounds (
    id              uuid NOT NULL,
    account_id      uuid NOT NULL,
    chat_id         uuid NOT NULL,
    conversation_id uuid NOT NULL,
    turn_id         uuid,
    kind            text NOT NULL CHECK (kind IN ('agent', 'person', 'handoff')),
    seq             bigint NOT NULL,
    state           text NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'cancelled')),
    possibly_double boolean NOT NULL DEFAULT false,
    provider_id     text,
    failure         text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    sent_at         timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, chat_id, id),
    FOREIGN KEY (account_id, chat_id, conversation_id) REFERENCES conversations (account_id, chat_id, id),
    FOREIGN KEY (account_id, turn_id) REFERENCES turns (account_id, id)
);
CREATE UNIQUE INDEX outbounds_one_per_turn ON outbounds (turn_id) WHERE turn_id IS NOT NULL;
CREATE INDEX outbounds_to_send ON outbounds (chat_id, seq) WHERE state IN ('queued', 'sending');

CREATE TABLE send_attempts (
    id          uuid NOT NULL,
    account_id  uuid NOT NULL,
    outbound_id uuid NOT NULL,
    n           integer NOT NULL,
    seq         bigint NOT NULL,
    state       text NOT NULL CHECK (state IN ('open', 'unknown', 'sent', 'not_sent', 'rejected')),
    failure     text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    PRIMARY KEY (account_id, id),
    UNIQUE (outbound_id, n),
    FOREIGN KEY (account_id, outbound_id) REFERENCES outbounds (account_id, id)
);

CREATE TABLE messages (
    id              uuid NOT NULL,
    account_id      uuid NOT NULL,
    chat_id         uuid NOT NULL,
    inbox_id        uuid NOT NULL,
    conversation_id uuid,
    seq             bigint NOT NULL,
    author          text NOT NULL CHECK (author IN ('customer', 'agent', 'person', 'other_bot', 'log', 'note')),
    user_id         uuid,
    provider_id     text,
    outbound_id     uuid,
    event           text,
    reason          text,
    text            text NOT NULL DEFAULT '',
    button          boolean NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, id),
    UNIQUE (chat_id, seq),
    FOREIGN KEY (account_id, chat_id) REFERENCES chats (account_id, id),
    FOREIGN KEY (account_id, chat_id, conversation_id) REFERENCES conversations (account_id, chat_id, id),
    FOREIGN KEY (account_id, chat_id, outbound_id) REFERENCES outbounds (account_id, chat_id, id)
);
CREATE UNIQUE INDEX messages_provider ON messages (inbox_id, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX messages_unattached ON messages (chat_id, seq) WHERE conversation_id IS NULL AND author IN ('customer', 'other_bot');

-- What a channel posted and no adapter could read: kept whole, never dropped.
CREATE TABLE unparsed_inbounds (
    id          uuid NOT NULL,
    account_id  uuid NOT NULL,
    inbox_id    uuid NOT NULL,
    body_hash   bytea NOT NULL,
    body        bytea NOT NULL,
    failure     text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (inbox_id, body_hash),
    FOREIGN KEY (account_id, inbox_id) REFERENCES inboxes (account_id, id)
);

CREATE TABLE notifications (
    id              uuid NOT NULL,
    account_id      uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id         uuid,
    reason          text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, conversation_id) REFERENCES conversations (account_id, id),
    FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);

CREATE TABLE usage_counters (
    account_id uuid NOT NULL REFERENCES accounts (id),
    day        date NOT NULL,
    replies    integer NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, day)
);

CREATE TABLE sources (
    id               uuid NOT NULL,
    account_id       uuid NOT NULL REFERENCES accounts (id),
    key              text NOT NULL,
    title            text NOT NULL,
    locked           boolean NOT NULL DEFAULT false,
    enabled          boolean NOT NULL DEFAULT true,
    state            text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'synced', 'failed')),
    reason           text NOT NULL DEFAULT '',
    live_revision_id uuid,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, key)
);

CREATE TABLE source_revisions (
    id         uuid NOT NULL,
    account_id uuid NOT NULL,
    source_id  uuid NOT NULL,
    body       bytea NOT NULL,
    body_hash  bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, source_id, id),
    FOREIGN KEY (account_id, source_id) REFERENCES sources (account_id, id)
);
ALTER TABLE sources ADD FOREIGN KEY (account_id, id, live_revision_id)
    REFERENCES source_revisions (account_id, source_id, id);

CREATE TABLE passages (
    id          uuid NOT NULL,
    account_id  uuid NOT NULL,
    source_id   uuid NOT NULL,
    revision_id uuid NOT NULL,
    n           integer NOT NULL,
    headings    jsonb NOT NULL,
    text        text NOT NULL,
    PRIMARY KEY (account_id, id),
    UNIQUE (revision_id, n),
    FOREIGN KEY (account_id, source_id, revision_id) REFERENCES source_revisions (account_id, source_id, id)
);

CREATE TABLE products (
    id         uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    handle     text NOT NULL,
    title      text NOT NULL,
    body       text NOT NULL DEFAULT '',
    vendor     text NOT NULL DEFAULT '',
    type       text NOT NULL DEFAULT '',
    tags       jsonb NOT NULL DEFAULT '[]',
    image_url  text NOT NULL DEFAULT '',
    published  boolean NOT NULL DEFAULT true,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    UNIQUE (account_id, handle)
);

CREATE TABLE variants (
    id         uuid NOT NULL,
    account_id uuid NOT NULL,
    product_id uuid NOT NULL,
    position   integer NOT NULL,
    sku        text NOT NULL DEFAULT '',
    options    jsonb NOT NULL DEFAULT '[]',
    price      numeric,
    compare_at numeric,
    currency   text NOT NULL,
    quantity   integer NOT NULL DEFAULT 0,
    tracked    boolean NOT NULL DEFAULT true,
    backorder  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (account_id, id),
    UNIQUE (product_id, position),
    FOREIGN KEY (account_id, product_id) REFERENCES products (account_id, id) ON DELETE CASCADE
);

-- Uploads wait here for their ingest workflow, so that texts stay out of
-- Temporal's history.
CREATE TABLE imports (
    id          uuid NOT NULL,
    account_id  uuid NOT NULL REFERENCES accounts (id),
    kind        text NOT NULL CHECK (kind IN ('products', 'source', 'reindex')),
    source_id   uuid,
    name        text NOT NULL,
    body        bytea NOT NULL,
    state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed')),
    failure     text NOT NULL DEFAULT '',
    done        integer NOT NULL DEFAULT 0,
    row_errors  jsonb NOT NULL DEFAULT '[]',
    created_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, source_id) REFERENCES sources (account_id, id)
);

CREATE TABLE audit_entries (
    id         uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts (id),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor      text NOT NULL,
    action     text NOT NULL,
    subject    text NOT NULL,
    subject_id uuid,
    before     jsonb,
    after      jsonb,
    PRIMARY KEY (account_id, id)
);
CREATE INDEX audit_by_time ON audit_entries (account_id, at DESC);

-- +goose Down
DROP TABLE audit_entries, imports, variants, products, passages, usage_counters, notifications, unparsed_inbounds,
    messages, send_attempts, outbounds, evidence, turns, conversations, chats, leads, contacts, triggers, inboxes,
    stages, pipelines, api_tokens, users, agent_settings CASCADE;
DROP TABLE source_revisions, sources, accounts CASCADE;
