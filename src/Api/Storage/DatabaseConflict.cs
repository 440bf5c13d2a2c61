namespace RnnService.Api.Storage;

/// <summary>Repeats transactions that conflicted with others that ran at the same time.</summary>
internal static class DatabaseConflict
{
    private const int MaxAttempts = 20;

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
                // Concurrent transactions must not collide again in lockstep.
                await Task.Delay(Random.Shared.Next(attempt * 5), cancellation);
            }
        }
    }
}
