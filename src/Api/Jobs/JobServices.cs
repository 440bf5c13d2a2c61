namespace RnnService.Api.Jobs;

internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobBell>()
        .AddSingleton<JobReader>()
        .AddSingleton<JobStore>();
}
