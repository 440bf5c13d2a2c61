namespace RnnService.Api.Training;

/// <summary>The name of this process as a worker, which distinguishes it from those of other machines and containers.</summary>
internal sealed class WorkerName
{
    public string Value { get; } = $"{Environment.MachineName.ToLowerInvariant()}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";
}
