using RnnService.Cluster.Tests;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

// Each test starts processes that use all cores, and waits for leases in between. Tests that keep the cores busy all the time run alone: see UsesAllCores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 2)]

namespace RnnService.Cluster.Tests;

/// <summary>A PostgreSQL server that is started once for all tests; each test has its own database in it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> server = new(PostgresServer.StartNewAsync);

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        PostgresInstallation.SkipIfMissing();
        return await (await server.Value).CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await server.Value).DisposeAsync();
        }
    }
}
