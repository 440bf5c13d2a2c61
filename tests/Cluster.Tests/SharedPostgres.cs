using RnnService.Cluster.Tests;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

// Each test starts processes that use all cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace RnnService.Cluster.Tests;

/// <summary>A PostgreSQL server that is started once for all tests; each test has its own database in it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private PostgresServer? server;

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        PostgresInstallation.SkipIfMissing();
        server ??= await PostgresServer.StartNewAsync();
        return await server.CreateDatabaseAsync();
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
