namespace RnnService.Api.Storage;

/// <summary>
/// The tables of Hangfire.PostgreSql, in a schema of their own, as the package's version creates them. The service creates them with its migrations, so that
/// an account without the right to create tables is sufficient and processes can start at the same time.
/// </summary>
internal static class PostgresQueueSchema
{
    /// <summary>The schema. Other programs that use Hangfire in the same database use another one, by default <c>hangfire</c>.</summary>
    public const string Name = "rnn_hangfire";

    /// <summary>Creates version 23 of the tables, that of Hangfire.PostgreSql 1.21. A package with a later version needs another migration.</summary>
    public const string Create = $"""
        CREATE SCHEMA {Name};
        CREATE TABLE {Name}.schema (version integer PRIMARY KEY);
        INSERT INTO {Name}.schema VALUES (23);

        CREATE TABLE {Name}.job (
            id bigserial PRIMARY KEY, stateid bigint, statename text, invocationdata jsonb NOT NULL, arguments jsonb NOT NULL,
            createdat timestamptz NOT NULL, expireat timestamptz, updatecount integer NOT NULL DEFAULT 0);
        CREATE INDEX ix_hangfire_job_expireat ON {Name}.job (expireat);
        CREATE INDEX ix_hangfire_job_statename ON {Name}.job (statename);
        CREATE INDEX ix_hangfire_job_statename_is_not_null ON {Name}.job (statename) INCLUDE (id) WHERE statename IS NOT NULL;

        CREATE TABLE {Name}.state (
            id bigserial PRIMARY KEY, jobid bigint NOT NULL REFERENCES {Name}.job ON UPDATE CASCADE ON DELETE CASCADE, name text NOT NULL, reason text,
            createdat timestamptz NOT NULL, data jsonb, updatecount integer NOT NULL DEFAULT 0);
        CREATE INDEX ix_hangfire_state_jobid ON {Name}.state (jobid);

        CREATE TABLE {Name}.jobparameter (
            id bigserial PRIMARY KEY, jobid bigint NOT NULL REFERENCES {Name}.job ON UPDATE CASCADE ON DELETE CASCADE, name text NOT NULL, value text,
            updatecount integer NOT NULL DEFAULT 0);
        CREATE INDEX ix_hangfire_jobparameter_jobidandname ON {Name}.jobparameter (jobid, name);

        CREATE TABLE {Name}.jobqueue (
            id bigserial PRIMARY KEY, jobid bigint NOT NULL, queue text NOT NULL, fetchedat timestamptz, updatecount integer NOT NULL DEFAULT 0);
        CREATE INDEX ix_hangfire_jobqueue_fetchedat_queue_jobid ON {Name}.jobqueue (fetchedat NULLS FIRST, queue, jobid);
        CREATE INDEX ix_hangfire_jobqueue_jobidandqueue ON {Name}.jobqueue (jobid, queue);
        CREATE INDEX ix_hangfire_jobqueue_queueandfetchedat ON {Name}.jobqueue (queue, fetchedat);

        CREATE TABLE {Name}.counter (id bigserial PRIMARY KEY, key text NOT NULL, value bigint NOT NULL, expireat timestamptz);
        CREATE INDEX ix_hangfire_counter_expireat ON {Name}.counter (expireat);
        CREATE INDEX ix_hangfire_counter_key ON {Name}.counter (key);
        CREATE TABLE {Name}.aggregatedcounter (id bigserial PRIMARY KEY, key text NOT NULL UNIQUE, value bigint NOT NULL, expireat timestamptz);

        CREATE TABLE {Name}.hash (
            id bigserial PRIMARY KEY, key text NOT NULL, field text NOT NULL, value text, expireat timestamptz, updatecount integer NOT NULL DEFAULT 0,
            UNIQUE (key, field));
        CREATE INDEX ix_hangfire_hash_expireat ON {Name}.hash (expireat);
        CREATE TABLE {Name}.list (id bigserial PRIMARY KEY, key text NOT NULL, value text, expireat timestamptz, updatecount integer NOT NULL DEFAULT 0);
        CREATE INDEX ix_hangfire_list_expireat ON {Name}.list (expireat);
        CREATE TABLE {Name}.set (
            id bigserial PRIMARY KEY, key text NOT NULL, score double precision NOT NULL, value text NOT NULL, expireat timestamptz,
            updatecount integer NOT NULL DEFAULT 0, UNIQUE (key, value));
        CREATE INDEX ix_hangfire_set_expireat ON {Name}.set (expireat);
        CREATE INDEX ix_hangfire_set_key_score ON {Name}.set (key, score);

        CREATE TABLE {Name}.server (id text PRIMARY KEY, data jsonb, lastheartbeat timestamptz NOT NULL, updatecount integer NOT NULL DEFAULT 0);
        CREATE TABLE {Name}.lock (resource text NOT NULL UNIQUE, updatecount integer NOT NULL DEFAULT 0, acquired timestamptz);
        ALTER TABLE {Name}.lock REPLICA IDENTITY USING INDEX lock_resource_key;
        """;
}
