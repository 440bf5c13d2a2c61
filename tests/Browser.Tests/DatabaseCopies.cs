using Microsoft.Data.Sqlite;

namespace RnnService.Browser.Tests;

/// <summary>Fills the database of a stopped service with copies of real rows.</summary>
internal static class DatabaseCopies
{
    /// <summary>Copies the newest job, with its log, and the newest model, with its weights, until there are this many of each.</summary>
    public static async Task FillAsync(string file, int jobs, int models)
    {
        await using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using SqliteTransaction transaction = connection.BeginTransaction();
        await ExecuteAsync(connection, """
            CREATE TEMP TABLE job AS SELECT * FROM jobs ORDER BY number DESC LIMIT 1;
            CREATE TEMP TABLE log AS SELECT * FROM job_events WHERE job_id = (SELECT id FROM job);
            CREATE TEMP TABLE model AS SELECT * FROM models ORDER BY number DESC LIMIT 1;
            CREATE TEMP TABLE weights AS SELECT * FROM model_weights WHERE model_id = (SELECT id FROM model);
            """);
        await CopyAsync(connection, "jobs", jobs, """
            UPDATE job SET number = NULL, id = $id;
            UPDATE log SET job_id = $id;
            INSERT INTO jobs SELECT * FROM job;
            INSERT INTO job_events SELECT * FROM log;
            """);
        await CopyAsync(connection, "models", models, """
            UPDATE model SET number = NULL, id = $id;
            UPDATE weights SET model_id = $id;
            INSERT INTO models SELECT * FROM model;
            INSERT INTO model_weights SELECT * FROM weights;
            """);
        await transaction.CommitAsync();
    }

    /// <summary>The ids are in the order of the copies, as UUIDv7 ids are.</summary>
    private static async Task CopyAsync(SqliteConnection connection, string table, int count, string sql)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        for (long copy = await CountAsync(connection, table); copy < count; copy++)
        {
            await ExecuteAsync(connection, sql, Guid.CreateVersion7(now.AddMilliseconds(copy)));
        }
    }

    private static async Task<long> CountAsync(SqliteConnection connection, string table)
    {
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, Guid? id = null)
    {
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", id is Guid value ? value : DBNull.Value);
        await command.ExecuteNonQueryAsync();
    }
}
