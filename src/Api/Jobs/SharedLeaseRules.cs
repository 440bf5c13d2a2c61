namespace RnnService.Api.Jobs;

/// <summary>Other processes can use the database: their leases end only by their own act, or when they expire.</summary>
internal sealed class SharedLeaseRules : ILeaseRules
{
    /// <summary>A renewal can fail several times before the lease expires.</summary>
    public TimeSpan RenewalInterval => TimeSpan.FromSeconds(1);

    public Task EndAtStartAsync(CancellationToken cancellation) => Task.CompletedTask;
}
