using Microsoft.Extensions.Options;

namespace RnnService.Api.Roles;

internal static class RoleServices
{
    public static IServiceCollection AddRoles(this IServiceCollection services, ServiceRoles roles)
    {
        services.AddOptions<ServiceOptions>().BindConfiguration(ServiceOptions.Section).ValidateOnStart();
        return services
            .AddSingleton(roles)
            .AddSingleton<IValidateOptions<ServiceOptions>, ServiceOptionsValidator>();
    }
}
