-- +goose Up

-- Two roles without a login: the service's own login takes one of them on each
-- connection. kedai_app sees the account named by kedai.account_id and nothing
-- when it is unset; kedai_system sees all accounts and is for the relay, the
-- sign-in look-ups and maintenance.

-- +goose StatementBegin
DO $$
DECLARE
    name text;
BEGIN
    -- Roles belong to the cluster, and several of its databases may migrate at
    -- once, which no lock of one database keeps apart.
    FOREACH name IN ARRAY ARRAY['kedai_app', 'kedai_system'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- Another database's migration was first.
            END;
        END IF;
        IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', name, current_user);
        END IF;
    END LOOP;
END
$$;
-- +goose StatementEnd

GRANT USAGE ON SCHEMA public TO kedai_app, kedai_system;

-- +goose StatementBegin
CREATE FUNCTION current_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('kedai.account_id', true), '')::uuid $$;
-- +goose StatementEnd

-- secure_table gives a table its policies. Each later migration calls it for
-- the tables that it adds.
-- +goose StatementBegin
CREATE FUNCTION secure_table(name regclass, key text DEFAULT 'account_id') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY account ON %s TO kedai_app USING (%I = current_account()) WITH CHECK (%I = current_account())', name, key, key);
    EXECUTE format('CREATE POLICY system ON %s TO kedai_system USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO kedai_app, kedai_system', name);
END
$$;
-- +goose StatementEnd

SELECT secure_table('accounts', 'id');
-- +goose StatementBegin
SELECT secure_table(c.oid::regclass)
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id'
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r';
-- +goose StatementEnd

-- The audit trail is written once.
REVOKE UPDATE, DELETE ON audit_entries FROM kedai_app, kedai_system;

-- +goose StatementBegin
CREATE FUNCTION chat_lead(account uuid, chat uuid, contact uuid) RETURNS uuid LANGUAGE sql AS $$
    SELECT coalesce(
        (SELECT lead_id FROM conversations WHERE account_id = account AND chat_id = chat AND closed_at IS NULL),
        (SELECT id FROM leads WHERE account_id = account AND contact_id = contact AND closed_at IS NULL))
$$;
-- +goose StatementEnd

-- lock_chat takes the locks of a decision about a chat in their one order
-- (agent settings, lead, chat, conversation) and returns what the decision is
-- made of, as it stands under them. It is one call, so that deciding costs one
-- round trip. NO KEY UPDATE is the strongest lock that doesn't collide with
-- the checks of foreign keys. It returns null for a chat that isn't there.
-- +goose StatementBegin
CREATE FUNCTION lock_chat(the_account uuid, the_chat uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    the_contact uuid;
    the_lead    uuid;
    settings    jsonb;
    inbox       jsonb;
    lead        jsonb;
    chat        chats;
    talk        conversations;
    first_in    messages;
    turn        jsonb;
    triggered   boolean := false;
BEGIN
    SELECT contact_id INTO the_contact FROM chats WHERE account_id = the_account AND id = the_chat;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT to_jsonb(s) - 'model_key' INTO settings FROM agent_settings s WHERE account_id = the_account FOR SHARE;
    the_lead := chat_lead(the_account, the_chat, the_contact);
    SELECT to_jsonb(l) INTO lead FROM leads l WHERE account_id = the_account AND id = the_lead FOR NO KEY UPDATE;
    SELECT * INTO chat FROM chats WHERE account_id = the_account AND id = the_chat FOR NO KEY UPDATE;
    IF the_lead IS DISTINCT FROM chat_lead(the_account, the_chat, chat.contact_id) THEN
        -- Another lead took its place before the chat was locked. Locking that
        -- one now would break the order, so the transaction starts anew.
        RAISE EXCEPTION 'the lead of the chat changed' USING ERRCODE = 'serialization_failure';
    END IF;
    SELECT * INTO talk FROM conversations WHERE account_id = the_account AND chat_id = the_chat AND closed_at IS NULL FOR NO KEY UPDATE;

    SELECT to_jsonb(i) - 'secret' INTO inbox FROM inboxes i WHERE account_id = the_account AND id = chat.inbox_id;
    IF lead IS NOT NULL THEN
        triggered := EXISTS (SELECT FROM triggers WHERE account_id = the_account AND stage_id = (lead ->> 'stage_id')::uuid AND inbox_id = chat.inbox_id);
    END IF;
    IF chat.last_in_seq > chat.answered_seq THEN
        SELECT * INTO first_in FROM messages
         WHERE chat_id = the_chat AND seq > chat.answered_seq AND author = 'customer' ORDER BY seq LIMIT 1;
        SELECT to_jsonb(t) INTO turn FROM turns t WHERE t.chat_id = the_chat AND t.first_seq = first_in.seq;
    END IF;
    RETURN jsonb_build_object(
        'now', clock_timestamp(),
        'settings', settings,
        'inbox', inbox,
        'lead', lead,
        'chat', to_jsonb(chat),
        'conversation', CASE WHEN talk.id IS NOT NULL THEN to_jsonb(talk) END,
        'triggered', triggered,
        'held', EXISTS (SELECT FROM messages WHERE chat_id = the_chat AND conversation_id IS NULL AND author = 'customer'),
        -- Another bot answered what is held; what it said before that doesn't count.
        'bot_held', EXISTS (SELECT FROM messages b WHERE b.chat_id = the_chat AND b.conversation_id IS NULL AND b.author = 'other_bot'
            AND EXISTS (SELECT FROM messages h WHERE h.chat_id = the_chat AND h.conversation_id IS NULL AND h.author = 'customer' AND h.seq < b.seq)),
        'unsent', EXISTS (SELECT FROM outbounds WHERE chat_id = the_chat AND state IN ('queued', 'sending')),
        'first_in_seq', coalesce(first_in.seq, 0),
        'first_in_at', first_in.created_at,
        'turn', turn);
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION lock_chat(uuid, uuid);
DROP FUNCTION chat_lead(uuid, uuid, uuid);
DROP FUNCTION secure_table(regclass, text);
DROP FUNCTION current_account() CASCADE;
