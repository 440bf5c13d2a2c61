using Microsoft.Extensions.Time.Testing;

namespace RnnService.Api.Tests.Training;

/// <summary>A fault: no timer can be had, so that a training breaks off when it begins.</summary>
internal sealed class BrokenTime : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        period == Timeout.InfiniteTimeSpan ? base.CreateTimer(callback, state, dueTime, period) : throw new NotSupportedException("The clock is broken.");
}
