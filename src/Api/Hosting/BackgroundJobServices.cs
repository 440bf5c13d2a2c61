using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;

namespace RnnService.Api.Hosting;

internal static class BackgroundJobServices
{
    /// <summary>
    /// Hangfire delivers job ids; it is not where jobs are kept. One worker: a training uses the whole machine. Storage and activator are this
    /// host's own: Hangfire's defaults are the process's, and the tests run several hosts in one.
    /// </summary>
    public static IServiceCollection AddBackgroundJobs(this IServiceCollection services) => services
        .AddSingleton<JobStorage>(_ => new InMemoryStorage(new InMemoryStorageOptions()))
        .AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()))
        .AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings())
        .AddHangfireServer(server =>
        {
            server.WorkerCount = 1;

            // The job is put back at once; this is for the batch under way, which may be a large one, and need not be finished.
            server.ShutdownTimeout = TimeSpan.FromSeconds(3);
        });

    /// <summary>
    /// The dashboard, for requests from this machine only (Hangfire's default), and to look at: what is deleted or requeued behind the
    /// back of our own jobs would leave them waiting.
    /// </summary>
    public static void MapBackgroundJobs(this WebApplication app) =>
        app.MapHangfireDashboard("/hangfire", new DashboardOptions { IsReadOnlyFunc = _ => true });
}
