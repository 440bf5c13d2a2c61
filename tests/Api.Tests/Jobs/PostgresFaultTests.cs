using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace RnnService.Api.Tests.Jobs;

/// <summary>Faults of PostgreSQL, thrown by the driver's types: no server is needed.</summary>
public sealed class PostgresFaultTests : IAsyncDisposable
{
    private const string Secret = "a text of the database";
    private const string Training = """{"epochs": 4, "hiddenSize": 8, "dataset": "small"}""";

    private readonly ServiceWithOutage setup = new(trainingImages: 1_200);

    private DatabaseOutage Outage => setup.Outage;

    private Service Service => setup.Service;

    public ValueTask DisposeAsync() => setup.DisposeAsync();

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
        Outage.FailWith(() => Create(fault));
        string job = await Service.StartTrainingAsync(Training);
        await Service.WatchAsync(job).FirstAsync();
        Outage.Plan(after: 3, lasting: TimeSpan.FromSeconds(5));

        Assert.Equal("succeeded", (await EndOfAsync(job)).GetProperty("status").GetString());
        Assert.True(Outage.Failures > 0);
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
        Outage.FailWith(() => Create(fault));
        Outage.Plan(after: 0, lasting: TimeSpan.FromDays(1));

        HttpResponseMessage response = await Service.PostJsonAsync("/train", Training);

        Assert.DoesNotContain(Secret, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Problems.AssertAsync(response, HttpStatusCode.ServiceUnavailable, detail);
    }

    [Fact]
    public async Task A_conflict_of_two_requests_is_repeated_immediately()
    {
        Outage.FailWith(() => Create(PostgresErrorCodes.SerializationFailure));
        Outage.Plan(after: 0, lasting: TimeSpan.FromMilliseconds(100));

        Assert.Equal(HttpStatusCode.Accepted, (await Service.PostJsonAsync("/train", Training)).StatusCode);
        Assert.True(Outage.Failures > 0);
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
            using HttpResponseMessage response = await Service.Http.GetAsync(job);
            if (response.StatusCode == HttpStatusCode.OK && JsonElement.Parse(await response.Content.ReadAsStringAsync()) is JsonElement read && read.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                return read;
            }
        }
    }
}
