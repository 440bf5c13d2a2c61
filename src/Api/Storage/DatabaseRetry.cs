namespace RnnService.Api.Storage;

/// <summary>Repeats database operations of a worker until the database responds. Requests are not repeated: they fail promptly.</summary>
internal sealed partial class DatabaseRetry(DatabaseAvailability availability, TimeProvider time, ILogger<DatabaseRetry> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(3);

    /// <summary>Runs an operation until it completes or fails with a fault that is not transient.</summary>
    /// <param name="operation">The operation. A repetition must be harmless even if the one before took effect.</param>
    /// <param name="cancellation">Ends the repetition.</param>
    /// <exception cref="OperationCanceledException">The repetition was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellation)
    {
        for (TimeSpan delay = FirstDelay; ; delay = Min(2 * delay, LongestDelay))
        {
            try
            {
                return await operation();
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e))
            {
                availability.ReportFault();
                LogRetry(e, delay);
            }

            await Task.Delay(delay, time, cancellation);
        }
    }

    /// <summary>Runs an operation once.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="result">Its result.</param>
    /// <returns>False if it failed with a temporary fault.</returns>
    public bool TryRun<T>(Func<T> operation, out T? result)
    {
        try
        {
            result = operation();
            return true;
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            availability.ReportFault();
            LogFailed(e);
            result = default;
            return false;
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(LogLevel.Warning, "The database did not respond; the operation will be retried in {Delay}")]
    private partial void LogRetry(Exception exception, TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "The database did not respond; the operation will be retried")]
    private partial void LogFailed(Exception exception);
}
