namespace RnnService.Api.Jobs;

internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobNotifier>()
        .AddSingleton<JobReader>()
        .AddSingleton<JobStore>()
        .AddHostedService<JobRetention>();
}
