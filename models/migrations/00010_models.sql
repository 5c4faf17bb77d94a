-- +goose Up

-- What a model took for a turn, over all of its tries: they are paid for
-- whatever becomes of them. The cost is in US dollars, null where no price is
-- known. model_ms is the time that models were waited for in model_attempt.
ALTER TABLE turns
    ADD COLUMN model         text,
    ADD COLUMN input_tokens  bigint NOT NULL DEFAULT 0,
    ADD COLUMN output_tokens bigint NOT NULL DEFAULT 0,
    ADD COLUMN cost          numeric(14, 8),
    ADD COLUMN fallback      text NOT NULL DEFAULT '', -- Why the built-in engine answered in the model's place.
    ADD COLUMN model_attempt integer NOT NULL DEFAULT 0,
    ADD COLUMN model_ms      bigint NOT NULL DEFAULT 0,
    -- What the turn takes for now and for the account's currency, fixed when it begins.
    ADD COLUMN answers_at    timestamptz,
    ADD COLUMN currency      text;

ALTER TABLE playground_turns
    ADD COLUMN model         text NOT NULL DEFAULT '',
    ADD COLUMN input_tokens  bigint NOT NULL DEFAULT 0,
    ADD COLUMN output_tokens bigint NOT NULL DEFAULT 0,
    ADD COLUMN cost          numeric(14, 8),
    ADD COLUMN fallback      text NOT NULL DEFAULT '';

-- What was said in a conversation up to a line of it, in short.
CREATE TABLE conversation_summaries (
    account_id      uuid NOT NULL,
    conversation_id uuid NOT NULL,
    text            text NOT NULL,
    seq             bigint NOT NULL, -- Of the last line that it tells.
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, conversation_id),
    FOREIGN KEY (account_id, conversation_id) REFERENCES conversations (account_id, id) ON DELETE CASCADE
);
SELECT secure_table('conversation_summaries');

-- The account's own model, whose key is sealed; without one the process's
-- answers.
CREATE TABLE account_models (
    account_id uuid PRIMARY KEY REFERENCES accounts (id),
    provider   text NOT NULL CHECK (provider IN ('gemini', 'openai')),
    name       text NOT NULL,
    key        bytea NOT NULL,
    key_id     text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT secure_table('account_models');
ALTER TABLE agent_settings DROP COLUMN model_key, DROP COLUMN model_key_id;

-- +goose Down
ALTER TABLE agent_settings ADD COLUMN model_key bytea, ADD COLUMN model_key_id text;
DROP TABLE account_models, conversation_summaries;
ALTER TABLE playground_turns DROP COLUMN model, DROP COLUMN input_tokens, DROP COLUMN output_tokens, DROP COLUMN cost, DROP COLUMN fallback;
ALTER TABLE turns
    DROP COLUMN model, DROP COLUMN input_tokens, DROP COLUMN output_tokens, DROP COLUMN cost, DROP COLUMN fallback,
    DROP COLUMN model_attempt, DROP COLUMN model_ms, DROP COLUMN answers_at, DROP COLUMN currency;
