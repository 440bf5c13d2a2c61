namespace RnnService.Browser.Tests;

/// <summary>A service with two trained models, for tests that do not change shared state.</summary>
public sealed class TrainedService : IAsyncLifetime
{
    private RunningService? service;

    public RunningService Service => service ?? throw new InvalidOperationException("The service is not running.");

    public Uri Address => Service.Address;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync();
        await service.TrainAsync(new { preset = "fast", network = "gru", hiddenSize = 32, epochs = 3, trainingImages = 2_000 });
        await service.TrainAsync(new { preset = "fast", hiddenSize = 64, epochs = 8, trainingImages = 8_000 });
    }

    public ValueTask DisposeAsync() => service?.DisposeAsync() ?? ValueTask.CompletedTask;
}
