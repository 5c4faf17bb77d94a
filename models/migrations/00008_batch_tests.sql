-- +goose Up

-- The account's own test cases: conversations with what a correct agent does.
CREATE TABLE test_cases (
    account_id uuid NOT NULL REFERENCES accounts (id),
    id         text NOT NULL,
    data       jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id)
);
SELECT secure_table('test_cases');

-- cases are those of the run as they were when it began.
CREATE TABLE test_runs (
    account_id  uuid NOT NULL REFERENCES accounts (id),
    id          uuid NOT NULL,
    sets        jsonb NOT NULL,
    cases       jsonb NOT NULL,
    state       text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
    total       integer NOT NULL,
    done        integer NOT NULL DEFAULT 0,
    failure     text NOT NULL DEFAULT '',
    created_by  uuid,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, created_by) REFERENCES users (account_id, id)
);
CREATE INDEX test_runs_by_time ON test_runs (account_id, created_at DESC);
CREATE UNIQUE INDEX test_runs_one_at_a_time ON test_runs (account_id) WHERE state = 'running';
SELECT secure_table('test_runs');

CREATE TABLE test_results (
    account_id uuid NOT NULL,
    run_id     uuid NOT NULL,
    set        text NOT NULL CHECK (set IN ('draft', 'live')),
    case_id    text NOT NULL,
    category   text NOT NULL,
    language   text NOT NULL,
    passed     boolean NOT NULL,
    turns      jsonb NOT NULL,
    PRIMARY KEY (account_id, run_id, set, case_id),
    FOREIGN KEY (account_id, run_id) REFERENCES test_runs (account_id, id) ON DELETE CASCADE
);
SELECT secure_table('test_results');

-- +goose Down
DROP TABLE test_results, test_runs, test_cases;
