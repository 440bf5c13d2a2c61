namespace RnnService.Api.Tests.Jobs;

/// <summary>A clock that runs faster, so that timeouts and outages of seconds take milliseconds.</summary>
/// <param name="factor">How much faster.</param>
internal sealed class ScaledTimeProvider(int factor) : TimeProvider
{
    private readonly DateTimeOffset start = System.GetUtcNow();

    public override long GetTimestamp() => System.GetTimestamp() * factor;

    public override DateTimeOffset GetUtcNow() => start + ((System.GetUtcNow() - start) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    private TimeSpan Scaled(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / factor));
}
