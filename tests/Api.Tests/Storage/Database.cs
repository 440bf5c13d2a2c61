using Microsoft.Data.Sqlite;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>Direct access to the service's database, to simulate other processes and damage.</summary>
internal static class Database
{
    public static IReadOnlyDictionary<string, string> In(TemporaryDirectory directory) =>
        new Dictionary<string, string> { ["Storage:Directory"] = directory.Path };

    public static string FileIn(TemporaryDirectory directory) => directory.File("rnn-service.db");

    public static void Execute(TemporaryDirectory directory, string sql)
    {
        using SqliteConnection connection = new($"Data Source={FileIn(directory)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Returns the text in the first column of the first row.</summary>
    public static string Read(TemporaryDirectory directory, string sql)
    {
        using SqliteConnection connection = new($"Data Source={FileIn(directory)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    /// <summary>Replaces the checkpoint of the only job that has one.</summary>
    public static void ReplaceCheckpoint(TemporaryDirectory directory, Func<byte[], byte[]> replace)
    {
        using SqliteConnection connection = new($"Data Source={FileIn(directory)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT content FROM job_checkpoints";
        byte[] content = replace((byte[])command.ExecuteScalar()!);
        command.CommandText = "UPDATE job_checkpoints SET content = $content";
        command.Parameters.AddWithValue("$content", content);
        command.ExecuteNonQuery();
    }
}
