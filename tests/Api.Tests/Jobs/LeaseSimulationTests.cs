namespace RnnService.Api.Tests.Jobs;

/// <summary>
/// A thousand workers with a virtual clock, which crash, stop, and pause beyond their leases. They use the real store with a real database. Workers have no clock of their own here, because the store
/// reads only that of the database; the cluster tests shift the clocks of real processes.
/// </summary>
public sealed class LeaseSimulationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2026)]
    public async Task No_two_attempts_write_an_epoch_and_every_job_ends(int seed)
    {
        await using LeaseSimulation simulation = await LeaseSimulation.CreateAsync(seed, workers: 1_000, jobs: 250, epochs: 3);

        await simulation.RunAsync(limit: TimeSpan.FromMinutes(30));

        await simulation.AssertJobsAsync();

        // Otherwise the simulation would prove nothing.
        Assert.InRange(simulation.Takeovers, 20, int.MaxValue);
        Assert.InRange(simulation.LostLeases, 5, int.MaxValue);
        Assert.InRange(simulation.RefusedClaims, 20, int.MaxValue);
    }
}
