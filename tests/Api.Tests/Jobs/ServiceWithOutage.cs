using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RnnService.Testing;

namespace RnnService.Api.Tests.Jobs;

/// <summary>A service whose database can fail, with the dataset <c>small</c>. Its time passes 100 times as fast.</summary>
internal sealed class ServiceWithOutage : IAsyncDisposable
{
    private static readonly ScaledTimeProvider Time = new(factor: 100);

    private readonly TemporaryDirectory dataset = new();

    public ServiceWithOutage(int trainingImages)
    {
        SmallDataset.Write(dataset.Path, trainingImages, testImages: 100);
        Service = new Service(
            new Dictionary<string, string> { ["Datasets:small:Directory"] = dataset.Path },
            Time,
            services => services.AddSingleton<IInterceptor>(Outage.Commands).AddSingleton<IInterceptor>(Outage.Transactions));
    }

    public DatabaseOutage Outage { get; } = new(Time);

    public Service Service { get; }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        dataset.Dispose();
    }
}
