using RnnService.Model.Data;

namespace RnnService.Api.Datasets;

/// <summary>Reads unavailable datasets periodically until they are available, for example because their volume is mounted, at growing intervals. It logs each new cause.</summary>
internal sealed partial class DatasetReloader(DatasetCatalog datasets, TimeProvider time, ILogger<DatasetReloader> logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Dictionary<string, string> causes = [];
        for (TimeSpan delay = FirstDelay; datasets.Unavailable.Count > 0; delay = 2 * delay < LongestDelay ? 2 * delay : LongestDelay)
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

            await Task.Delay(delay, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Dataset '{Name}' is available")]
    private partial void LogAvailable(string name);

    [LoggerMessage(LogLevel.Warning, "Dataset '{Name}' is unavailable, and read again periodically: {Cause}")]
    private partial void LogUnavailable(string name, string cause);
}
