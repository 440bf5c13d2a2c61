using RnnService.Model.Data;

namespace RnnService.Api.Datasets;

/// <summary>Reads unavailable datasets periodically until they are available, for example because their volume is mounted. It logs each new cause.</summary>
internal sealed partial class DatasetReloader(DatasetCatalog datasets, TimeProvider time, ILogger<DatasetReloader> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Dictionary<string, string> causes = [];
        using PeriodicTimer timer = new(Interval, time);
        while (datasets.Unavailable.Count > 0)
        {
            // A file system that does not respond blocks only this thread.
            foreach ((string name, InvalidDatasetException? fault) in await Task.Run(datasets.LoadUnavailable, stoppingToken).WaitAsync(stoppingToken))
            {
                if (fault is null)
                {
                    LogAvailable(name);
                }
                else if (causes.GetValueOrDefault(name) != fault.Message)
                {
                    LogUnavailable(name, fault.Message);
                    causes[name] = fault.Message;
                }
            }

            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Dataset '{Name}' is available")]
    private partial void LogAvailable(string name);

    [LoggerMessage(LogLevel.Warning, "Dataset '{Name}' is unavailable, and read again periodically: {Cause}")]
    private partial void LogUnavailable(string name, string cause);
}
