using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>A newer version adds to the schema while processes of this version run: see docs/decisions/rolling-upgrades.md.</summary>
public sealed class RollingUpgradeTests(SharedPostgres shared)
{
    private const string NextVersion = """
        ALTER TABLE jobs ADD COLUMN of_the_next_version text NULL;
        ALTER TABLE models ADD COLUMN of_the_next_version integer NOT NULL DEFAULT 0;
        CREATE TABLE next_version (id uuid PRIMARY KEY);
        INSERT INTO "__EFMigrationsHistory" VALUES ('20991231000000_NextVersion', '99.0');
        """;

    [Fact]
    public async Task Processes_of_this_version_continue_while_the_next_version_extends_the_schema()
    {
        string database = await shared.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database);
        string job = await service.Http.StartTrainingAsync("""{"epochs": 8, "hiddenSize": 16, "trainingImages": 2000}""");
        await using (Stream stream = await service.Http.GetStreamAsync($"{job}/progress"))
        {
            await System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync().FirstAsync(item => item.EventType == "epoch");
        }

        await PostgresServer.ExecuteAsync(database, NextVersion);

        Assert.Equal("succeeded", (await service.Http.EndOfAsync(job)).GetProperty("status").GetString());
        string next = await service.Http.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 8, "trainingImages": 200}""");
        Assert.Equal("succeeded", (await service.Http.EndOfAsync(next)).GetProperty("status").GetString());
        using HttpResponseMessage prediction = await service.Http.PredictAsync(PngWriter.Gray(Mnist.Data.Test.Pixels(0)));
        Assert.True(prediction.IsSuccessStatusCode);
    }
}
