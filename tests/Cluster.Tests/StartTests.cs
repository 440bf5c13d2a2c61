using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

[Collection(nameof(UsesAllCores))]
public sealed class StartTests(SharedPostgres shared)
{
    [Fact]
    public async Task Ten_processes_that_start_at_once_on_an_empty_database_migrate_it_once_and_all_become_ready()
    {
        string database = await shared.CreateDatabaseAsync();

        ServiceProcess[] nodes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Node.StartAsync(database)));
        try
        {
            await Task.WhenAll(nodes.Select(Node.WaitUntilReadyAsync));

            string applied = Assert.Single(nodes.SelectMany(node => node.StartOutput), line => line.Contains("Applied the migrations", StringComparison.Ordinal));
            string recorded = (string)(await PostgresServer.ExecuteAsync(database, """SELECT string_agg("MigrationId", ', ' ORDER BY "MigrationId") FROM "__EFMigrationsHistory" """))!;
            Assert.Contains($"Applied the migrations {recorded} to database", applied, StringComparison.Ordinal);
        }
        finally
        {
            await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task A_process_started_while_the_database_is_down_waits_for_it_and_logs_the_cause_once()
    {
        PostgresInstallation.SkipIfMissing();
        await using PostgresServer postgres = await PostgresServer.StartNewAsync();
        string database = await postgres.CreateDatabaseAsync();
        await postgres.StopAsync();

        ConcurrentQueue<string> output = [];
        Task<ServiceProcess> starting;
        using (TcpListener server = new(IPAddress.Loopback, postgres.Port))
        {
            server.Start();
            starting = Node.StartAsync(database, output);
            for (int attempt = 0; attempt < 3; attempt++)
            {
                using TcpClient client = await server.AcceptTcpClientAsync();
            }
        }

        Assert.False(starting.IsCompleted);
        await postgres.StartAsync();

        await using ServiceProcess service = await starting;
        await Node.WaitUntilReadyAsync(service);
        string[] waits = [.. output.Where(line => line.Contains("Waiting for database", StringComparison.Ordinal))];
        Assert.NotEmpty(waits);
        Assert.Equal(waits.Distinct(), waits);
    }

    [Fact]
    public async Task An_account_without_the_right_to_create_tables_is_sufficient_when_the_schema_is_there()
    {
        string owner = await shared.CreateDatabaseAsync();
        string account = owner.Replace("Username=rnn", "Username=limited", StringComparison.Ordinal);
        await PostgresServer.ExecuteAsync(owner, "CREATE ROLE limited LOGIN");

        (int exitCode, string message) = await DotnetCommand.RunAsync([ServiceProcess.Program, Node.Setting(account), "--urls=http://127.0.0.1:0"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("permission denied for schema public. Migrations are missing", message, StringComparison.Ordinal);

        (_, string script) = await DotnetCommand.RunAsync([ServiceProcess.Program, "sql"]);
        await PostgresServer.ExecuteAsync(owner, script);
        await PostgresServer.ExecuteAsync(owner, script);
        foreach (string grant in script.Split('\n').Where(line => line.StartsWith("--   GRANT", StringComparison.Ordinal)))
        {
            await PostgresServer.ExecuteAsync(owner, grant.TrimStart('-').Replace("the_account", "limited", StringComparison.Ordinal));
        }

        await using ServiceProcess service = await Node.StartAsync(account);
        string job = await service.Http.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 8, "trainingImages": 200}""");
        Assert.Equal("succeeded", (await service.Http.EndOfAsync(job)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_prevents_startup()
    {
        string database = await shared.CreateDatabaseAsync();
        await using (ServiceProcess service = await Node.StartAsync(database))
        {
        }

        await PostgresServer.ExecuteAsync(database, """INSERT INTO "__EFMigrationsHistory" VALUES ('20991231000000_FromTheFuture', '99.0')""");

        await AssertCannotStartAsync(database, "was written by a newer version of RnnService: it contains the unknown migration '20991231000000_FromTheFuture'.");
    }

    [Fact]
    public async Task A_database_that_does_not_exist_prevents_startup()
    {
        string database = await shared.CreateDatabaseAsync();

        await AssertCannotStartAsync(database.Replace("Database=test", "Database=absent", StringComparison.Ordinal), "does not exist. Create it, or set ConnectionStrings:Postgres to another database.");
    }

    private static async Task AssertCannotStartAsync(string database, string message)
    {
        (int exitCode, string output) = await DotnetCommand.RunAsync([ServiceProcess.Program, Node.Setting(database), "--urls=http://127.0.0.1:0"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("RnnService cannot start. ", output, StringComparison.Ordinal);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
