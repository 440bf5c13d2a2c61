namespace RnnService.Api.Progress;

internal static class ProgressServices
{
    public static IServiceCollection AddProgress(this IServiceCollection services) =>
        services.AddSingleton<WatchedJobs>().AddSingleton<ProgressStream>();
}
