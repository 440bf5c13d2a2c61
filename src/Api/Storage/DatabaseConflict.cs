namespace RnnService.Api.Storage;

/// <summary>Repeats transactions that conflicted with others that ran at the same time.</summary>
internal static class DatabaseConflict
{
    private const int MaxAttempts = 20;
    private const int MaxMilliseconds = 250;

    /// <summary>Repeats a transaction until it completes. Each conflict means that another one did, so that this ends soon; a permanent fault is thrown after 20 attempts.</summary>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> transaction, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await transaction();
            }
            catch (Exception e) when (attempt < MaxAttempts && DatabaseFaults.IsConflict(e))
            {
                // At random, so that the same transactions do not run at the same time again.
                await Task.Delay(Random.Shared.Next(Math.Min(2 << Math.Min(attempt, 10), MaxMilliseconds)), cancellation);
            }
        }
    }
}
