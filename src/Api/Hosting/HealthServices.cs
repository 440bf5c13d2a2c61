namespace RnnService.Api.Hosting;

internal static class HealthServices
{
    /// <summary>Adds the health endpoints. Each capability registers its own checks.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks();
        return services;
    }
}
