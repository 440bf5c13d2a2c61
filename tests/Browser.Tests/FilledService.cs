namespace RnnService.Browser.Tests;

/// <summary>A service with 200 jobs, of which the oldest is cancelled, and 200 models.</summary>
public sealed class FilledService : IAsyncLifetime
{
    public const int Count = 200;

    private RunningService? service;

    public RunningService Service => service ?? throw new InvalidOperationException("The service is not running.");

    public Uri Address => Service.Address;

    /// <summary>The id of the oldest job.</summary>
    public string Cancelled { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync();
        Cancelled = await service.CancelAfterFirstEpochAsync(new { preset = "fast", epochs = 1000, hiddenSize = 16, trainingImages = 1_000 });
        await service.TrainAsync(new { preset = "fast", epochs = 2, hiddenSize = 16, trainingImages = 500 });
        await service.FillAsync(Count, Count);
    }

    public ValueTask DisposeAsync() => service?.DisposeAsync() ?? ValueTask.CompletedTask;
}
