using System.Collections.Concurrent;
using System.Reflection;
using RnnService.Testing;
using Xunit.v3;

[assembly: HangGuard]

namespace RnnService.Testing;

/// <summary>Ends the process when a test hangs, and names the test: nothing else would, because a test that waits cannot be aborted.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HangGuardAttribute : BeforeAfterTestAttribute
{
    // Longer than any test takes, also on a machine that does other work.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private static readonly ConcurrentDictionary<string, Timer> Timers = [];

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        Timers[test.UniqueID] = new Timer(_ => Environment.FailFast($"{test.TestDisplayName} hangs: it has not ended after {Limit}."), null, Limit, Timeout.InfiniteTimeSpan);

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Timers.TryRemove(test.UniqueID, out Timer? timer))
        {
            timer.Dispose();
        }
    }
}
