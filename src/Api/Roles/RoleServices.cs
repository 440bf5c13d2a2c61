using Microsoft.Extensions.Options;
using RnnService.Api.Http;

namespace RnnService.Api.Roles;

internal static class RoleServices
{
    public static IServiceCollection AddRoles(this IServiceCollection services, ServiceRoles roles)
    {
        services.AddOptions<ServiceOptions>().BindConfiguration(ServiceOptions.Section).ValidateOnStart();
        return services
            .AddSingleton(roles)
            .AddSingleton(new EndpointGuide(roles.IsApi
                ? "/swagger lists all endpoints."
                : $"This process only trains ({ServiceOptions.Section}:{nameof(ServiceOptions.Roles)} is worker): send requests to a process with the role api. Here, /health/live, /health/ready and /hangfire are available."))
            .AddSingleton<IValidateOptions<ServiceOptions>, ServiceOptionsValidator>();
    }
}
