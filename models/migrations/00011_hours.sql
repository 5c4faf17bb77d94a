-- +goose Up

-- Null: no hours are set, and nothing is said of them.
ALTER TABLE agent_settings
    ADD COLUMN business_hours jsonb,
    ADD COLUMN after_hours_messages jsonb NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE agent_settings DROP COLUMN business_hours, DROP COLUMN after_hours_messages;
