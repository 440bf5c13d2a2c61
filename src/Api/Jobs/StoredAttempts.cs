using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>The last attempts of a job.</summary>
internal sealed record StoredAttempts(IReadOnlyList<StoredAttempts.Item> Attempts, int Version = 1) : IStoredValue
{
    public static int LatestVersion => 1;

    public static StoredAttempts From(JobAttempts attempts) =>
        new([.. attempts.Items.Select(attempt => new Item(attempt.Number, attempt.Worker, attempt.Host, attempt.StartedAt))]);

    public JobAttempts ToAttempts() => new([.. Attempts.Select(item => new JobAttempt(item.Number, item.Worker, item.Host, item.StartedAt))]);

    internal sealed record Item(int Number, string Worker, string Host, DateTime StartedAt);
}
