using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RnnService.Testing;

namespace RnnService.Api.Tests.Jobs;

/// <summary>Faults of PostgreSQL, thrown by the driver's types: no server is needed.</summary>
public sealed class PostgresFaultTests : IAsyncDisposable
{
    private const string Secret = "a text of the database";
    private const string Training = """{"epochs": 4, "hiddenSize": 8, "dataset": "small"}""";

    private static readonly ScaledTimeProvider Time = new(factor: 100);

    private readonly DatabaseOutage outage = new(Time);
    private readonly TemporaryDirectory dataset = new();
    private readonly Service service;

    public PostgresFaultTests()
    {
        SmallDataset.Write(dataset.Path, trainingImages: 1_200, testImages: 100);
        service = new Service(
            new Dictionary<string, string> { ["Datasets:small:Directory"] = dataset.Path },
            Time,
            services => services.AddSingleton<IInterceptor>(outage.Commands).AddSingleton<IInterceptor>(outage.Transactions));
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        dataset.Dispose();
    }

    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.CrashShutdown)]
    [InlineData(PostgresErrorCodes.CannotConnectNow)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.TooManyConnections)]
    [InlineData(PostgresErrorCodes.DiskFull)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    [InlineData("refused")]
    [InlineData("broken")]
    [InlineData("timeout")]
    public async Task A_temporary_fault_does_not_end_a_training(string fault)
    {
        outage.FailWith(() => Create(fault));
        string job = await service.StartTrainingAsync(Training);
        await service.WatchAsync(job).FirstAsync();
        outage.Plan(after: 3, lasting: TimeSpan.FromSeconds(5));

        Assert.Equal("succeeded", (await EndOfAsync(job)).GetProperty("status").GetString());
        Assert.True(outage.Failures > 0);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, "The database is not available.")]
    [InlineData("refused", "The database is not available.")]
    [InlineData(PostgresErrorCodes.SerializationFailure, "The database is busy.")]
    [InlineData(PostgresErrorCodes.TooManyConnections, "The database is busy.")]
    [InlineData(PostgresErrorCodes.DiskFull, "The database has no space left.")]
    [InlineData(PostgresErrorCodes.UndefinedTable, "The database operation failed.")]
    public async Task A_request_fails_without_the_text_of_the_database(string fault, string detail)
    {
        outage.FailWith(() => Create(fault));
        outage.Plan(after: 0, lasting: TimeSpan.FromDays(1));

        HttpResponseMessage response = await service.PostJsonAsync("/train", Training);

        Assert.DoesNotContain(Secret, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Problems.AssertAsync(response, HttpStatusCode.ServiceUnavailable, detail);
    }

    [Fact]
    public async Task A_conflict_of_two_requests_is_repeated_immediately()
    {
        outage.FailWith(() => Create(PostgresErrorCodes.SerializationFailure));
        outage.Plan(after: 0, lasting: TimeSpan.FromMilliseconds(100));

        Assert.Equal(HttpStatusCode.Accepted, (await service.PostJsonAsync("/train", Training)).StatusCode);
        Assert.True(outage.Failures > 0);
    }

    private static NpgsqlException Create(string fault) => fault switch
    {
        "refused" => new NpgsqlException(Secret, new SocketException((int)SocketError.ConnectionRefused)),
        "broken" => new NpgsqlException(Secret, new IOException(Secret, new SocketException((int)SocketError.ConnectionReset))),
        "timeout" => new NpgsqlException(Secret, new TimeoutException(Secret)),
        _ => new PostgresException(Secret, "ERROR", "ERROR", fault),
    };

    private async Task<JsonElement> EndOfAsync(string job)
    {
        while (true)
        {
            using HttpResponseMessage response = await service.Http.GetAsync(job);
            if (response.StatusCode == HttpStatusCode.OK && JsonElement.Parse(await response.Content.ReadAsStringAsync()) is JsonElement read && read.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                return read;
            }
        }
    }
}
