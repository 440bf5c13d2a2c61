namespace RnnService.Cluster.Tests;

/// <summary>How long PostgreSQL is stopped: a short time, or 30 s if the environment variable RNN_OUTAGES is <c>all</c>.</summary>
internal static class Outage
{
    public static readonly TimeSpan Full = TimeSpan.FromSeconds(30);

    public static TimeSpan OrFull(TimeSpan shorter) => Environment.GetEnvironmentVariable("RNN_OUTAGES") == "all" ? Full : shorter;
}
