namespace RnnService.Api.Tests.Jobs;

/// <summary>A clock that differs from another one.</summary>
internal sealed class SkewedTimeProvider(TimeProvider time, TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew;

    public override long GetTimestamp() => time.GetTimestamp();
}
