using System.Net;
using System.Net.ServerSentEvents;
using Npgsql;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>A checkpoint expires while its job is resumed.</summary>
public sealed class RetentionTests(SharedPostgres postgres)
{
    private const string Training = """{"epochs": 1000, "hiddenSize": 16, "trainingImages": 500}""";
    private const string Waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private static readonly string[] ExpireNow = ["--Service:Roles=api", "--Storage:KeepCheckpoints=00:00:00"];

    [Fact]
    public async Task A_job_that_is_resumed_first_keeps_its_checkpoint()
    {
        string database = await postgres.CreateDatabaseAsync();
        await CancelTrainingAsync(database);
        await using NpgsqlConnection resuming = new(database);
        await resuming.OpenAsync();
        await using NpgsqlTransaction transaction = await resuming.BeginTransactionAsync();
        await ExecuteAsync(resuming, "UPDATE jobs SET status = 'Queued', finished_at = NULL, revision = revision + 1");

        await using (ServiceProcess expiring = await Node.StartAsync(database, ExpireNow))
        {
            while (await CountAsync(database, Waiting) == 0 && await CountAsync(database, "FROM job_checkpoints") == 1)
            {
                await Task.Yield();
            }

            await transaction.CommitAsync();
            while (await CountAsync(database, Waiting) > 0)
            {
                await Task.Yield();
            }
        }

        Assert.Equal(1L, await CountAsync(database, "FROM job_checkpoints"));
    }

    [Fact]
    public async Task A_job_whose_checkpoint_expires_first_is_not_resumed()
    {
        string database = await postgres.CreateDatabaseAsync();
        string job = await CancelTrainingAsync(database);
        await using ServiceProcess api = await Node.StartAsync(database, "--Service:Roles=api");
        await using NpgsqlConnection expiring = new(database);
        await expiring.OpenAsync();
        await using NpgsqlTransaction transaction = await expiring.BeginTransactionAsync();
        await ExecuteAsync(expiring, "UPDATE jobs SET revision = revision + 1");
        await ExecuteAsync(expiring, "DELETE FROM job_checkpoints");

        Task<HttpResponseMessage> resumed = api.Http.PostAsync($"{job}/resume", null);
        while (await CountAsync(database, Waiting) == 0 && !resumed.IsCompleted)
        {
            await Task.Yield();
        }

        await transaction.CommitAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await resumed).StatusCode);
        Assert.Equal("cancelled", (await api.Http.GetJsonAsync(job)).GetProperty("status").GetString());
    }

    /// <summary>Leaves a cancelled job with a checkpoint. Returns its path.</summary>
    private static async Task<string> CancelTrainingAsync(string database)
    {
        await using ServiceProcess service = await Node.StartAsync(database);
        string job = await service.Http.StartTrainingAsync(Training);
        await using (Stream stream = await service.Http.GetStreamAsync($"{job}/progress"))
        {
            await SseParser.Create(stream).EnumerateAsync().FirstAsync(item => item.EventType == "epoch");
        }

        Assert.Equal(HttpStatusCode.Accepted, (await service.Http.PostAsync($"{job}/cancel", null)).StatusCode);
        await service.Http.EndOfAsync(job);
        return job;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static async Task<long> CountAsync(string database, string from) => (long)(await PostgresServer.ExecuteAsync(database, $"SELECT count(*) {from}"))!;
}
