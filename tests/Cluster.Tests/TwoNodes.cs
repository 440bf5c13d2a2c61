using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>Two processes of the service with the same database, and a small dataset named <c>small</c>.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly TemporaryDirectory directory;

    private TwoNodes(TemporaryDirectory directory, ServiceProcess a, ServiceProcess b)
    {
        this.directory = directory;
        (A, B) = (a, b);
    }

    public ServiceProcess A { get; }

    public ServiceProcess B { get; }

    public static async Task<TwoNodes> StartAsync(string database, params string[] settings)
    {
        TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.File("small"));
        SmallDataset.Write(directory.File("small"), trainingImages: 6_400, testImages: 100);
        string[] all = [$"--Datasets:small:Directory={directory.File("small")}", .. settings];
        ServiceProcess[] nodes = await Task.WhenAll(Node.StartAsync(database, all), Node.StartAsync(database, all));
        await Task.WhenAll(nodes.Select(Node.WaitUntilReadyAsync));
        return new TwoNodes(directory, nodes[0], nodes[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        directory.Dispose();
    }
}
