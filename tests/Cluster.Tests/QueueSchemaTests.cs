using Hangfire.PostgreSql;
using Npgsql;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>The tables of Hangfire that the service's migrations create.</summary>
public sealed class QueueSchemaTests(SharedPostgres postgres)
{
    private const string Ours = "rnn_hangfire";
    private const string Reference = "reference";

    [Fact]
    public async Task The_tables_are_those_that_the_package_would_create()
    {
        string database = await postgres.CreateDatabaseAsync();
        (_, string script) = await DotnetCommand.RunAsync([ServiceProcess.Program, "sql"]);
        await PostgresServer.ExecuteAsync(database, script);
        await using NpgsqlConnection connection = new($"{database};Pooling=False");
        await connection.OpenAsync();
        PostgreSqlObjectsInstaller.Install(connection, Reference);

        Assert.Equal(await DescribeAsync(connection, Reference), await DescribeAsync(connection, Ours));
        Assert.Equal(
            await PostgresServer.ExecuteAsync(database, $"SELECT version FROM {Reference}.schema"),
            await PostgresServer.ExecuteAsync(database, $"SELECT version FROM {Ours}.schema"));
    }

    /// <summary>Describes columns, sequences, indexes and constraints, a line for each.</summary>
    private static async Task<List<string>> DescribeAsync(NpgsqlConnection connection, string schema)
    {
        await using NpgsqlCommand command = new(
            $"""
            SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) FROM information_schema.columns WHERE table_schema = '{schema}'
            UNION ALL SELECT concat_ws(' ', sequence_name, data_type, maximum_value) FROM information_schema.sequences WHERE sequence_schema = '{schema}'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = '{schema}'
            UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = '{schema}'::regnamespace
            UNION ALL SELECT concat_ws(' ', relname, relreplident) FROM pg_class WHERE relnamespace = '{schema}'::regnamespace
            ORDER BY 1
            """,
            connection);
        List<string> lines = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0).Replace(schema, "", StringComparison.Ordinal));
        }

        lines.Sort(StringComparer.Ordinal);
        Assert.True(lines.Count > 50);
        return lines;
    }
}
