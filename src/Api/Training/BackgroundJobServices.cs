using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;

namespace RnnService.Api.Training;

internal static class BackgroundJobServices
{
    /// <summary>
    /// Adds Hangfire, which delivers job ids; the jobs themselves are in the database. There is one worker, because training uses all cores. Storage and
    /// activator are registered per host: Hangfire's defaults are per process, and the tests run several hosts in one process.
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

            // Shutdown only needs to return the job to the queue. The current batch, which can be large, does not have to finish.
            server.ShutdownTimeout = TimeSpan.FromSeconds(3);
        });

    /// <summary>
    /// Maps the dashboard for requests from this machine only (Hangfire's default). It is read-only: deleting or requeuing entries there would bypass
    /// the jobs in the database.
    /// </summary>
    public static void MapBackgroundJobs(this WebApplication app) =>
        app.MapHangfireDashboard("/hangfire", new DashboardOptions { IsReadOnlyFunc = _ => true });
}
