using Microsoft.Extensions.Time.Testing;

namespace RnnService.Api.Tests.Progress;

/// <summary>A fake time provider that signals when a heartbeat timer of at most 15 seconds is set.</summary>
internal sealed class HeartbeatTimeProvider : FakeTimeProvider
{
    public SemaphoreSlim HeartbeatTimerSet { get; } = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan && dueTime > TimeSpan.FromSeconds(1) && dueTime <= TimeSpan.FromSeconds(15))
        {
            HeartbeatTimerSet.Release();
        }

        return timer;
    }
}
