namespace RnnService.Api.Hosting;

internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<TorchHealthCheck>("torch").AddCheck<WorkerHealthCheck>("worker");
        return services;
    }
}
