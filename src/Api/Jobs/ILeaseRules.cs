namespace RnnService.Api.Jobs;

/// <summary>What about leases depends on whether other processes use the database.</summary>
internal interface ILeaseRules
{
    /// <summary>How often a lease is renewed and the progress is stored.</summary>
    TimeSpan RenewalInterval { get; }

    /// <summary>Ends the leases of workers that are known to be gone when this process starts.</summary>
    Task EndAtStartAsync(CancellationToken cancellation);
}
