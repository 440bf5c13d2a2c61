namespace RnnService.Api.Models;

/// <summary>A scan in progress and the number of its callers. Only <see cref="Misclassifications"/> uses it, under its lock.</summary>
internal sealed class SharedScan : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    /// <param name="scan">Starts the scan, which the token cancels.</param>
    public SharedScan(Func<CancellationToken, Task<IReadOnlyList<Misclassification>>> scan)
    {
        CancellationToken token = cancellation.Token;
        Result = Task.Run(() => scan(token), CancellationToken.None);
    }

    public Task<IReadOnlyList<Misclassification>> Result { get; }

    /// <summary>Callers that wait for the result.</summary>
    public int Callers { get; set; }

    /// <summary>Cancels the scan if it is not complete.</summary>
    public void Dispose()
    {
        cancellation.Cancel();
        cancellation.Dispose();
    }
}
