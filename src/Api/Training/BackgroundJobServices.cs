using Hangfire;
using Hangfire.AspNetCore;
using Microsoft.Extensions.Options;
using RnnService.Api.Storage;

namespace RnnService.Api.Training;

internal static class BackgroundJobServices
{
    /// <summary>Dead workers disappear from the dashboard after this time. A living one would be restarted if the database were away for longer and another process removed it.</summary>
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromHours(1);

    /// <summary>
    /// Adds Hangfire, which delivers to workers that there are jobs; the jobs themselves are in the database. Storage and activator are registered per host: Hangfire's defaults
    /// are per process, and the tests run several hosts in one process.
    /// </summary>
    public static IServiceCollection AddBackgroundJobs(this IServiceCollection services) => services
        .AddByProvider<IQueueStorage, MemoryQueueStorage, PostgresQueueStorage>()
        .AddSingleton(provider => provider.GetRequiredService<IQueueStorage>().Create())
        .AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()))
        .AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());

    /// <summary>Adds the threads that receive deliveries and train.</summary>
    public static IServiceCollection AddBackgroundWorkers(this IServiceCollection services) => services
        .AddHangfireServer((provider, server) =>
        {
            server.ServerName = provider.GetRequiredService<WorkerName>().Value;
            server.WorkerCount = provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Concurrency;

            // Shutdown only needs to return the job to the queue. The current batch, which can be large, does not have to finish.
            server.ShutdownTimeout = TimeSpan.FromSeconds(3);

            // The lease decides whether a training continues, not the state of its delivery, which can be delivered again.
            server.CancellationCheckInterval = Timeout.InfiniteTimeSpan;
            server.ServerTimeout = ServerTimeout;

            // Nothing is scheduled.
            server.SchedulePollingInterval = TimeSpan.FromHours(1);
        });

    /// <summary>
    /// Maps the dashboard for requests from this machine only (Hangfire's default). It is read-only: deleting or requeuing entries there would bypass
    /// the jobs in the database.
    /// </summary>
    public static void MapBackgroundJobs(this WebApplication app) =>
        app.MapHangfireDashboard("/hangfire", new DashboardOptions { IsReadOnlyFunc = _ => true });
}
