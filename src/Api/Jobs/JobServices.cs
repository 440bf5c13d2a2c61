using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobNotifier>()
        .AddSingleton<JobReader>()
        .AddSingleton<JobStore>()
        .AddSingleton<JobLeases>()
        .AddSingleton<JobCheckpoints>()
        .AddSingleton<JobClaims>()
        .AddSingleton<ExpiredJobs>()
        .AddSingleton<WorkerIdentity>()
        .AddByProvider<ILeaseRules, EmbeddedLeaseRules, SharedLeaseRules>()
        .AddHostedService<JobRetention>();
}
