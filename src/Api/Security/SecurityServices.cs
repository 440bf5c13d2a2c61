using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace RnnService.Api.Security;

internal static class SecurityServices
{
    /// <summary>Adds the rules for browsers: which host names are allowed, which origins can change something, and the headers of all responses.</summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.Section).ValidateOnStart();
        services.AddOptions<HostFilteringOptions>().Configure<AllowedHosts>((options, hosts) => hosts.Configure(options)).ValidateOnStart();
        services.AddOptions<CorsOptions>().Configure<IOptions<SecurityOptions>>((cors, security) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. security.Value.AllowedOrigins])
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(HeaderNames.Location, HeaderNames.RetryAfter)));

        // First, because the framework's filter of host names is already registered.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, OutermostMiddleware>());
        return services
            .AddCors()
            .AddSingleton<AllowedHosts>()
            .AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>()
            .AddSingleton<IValidateOptions<HostFilteringOptions>, AllowedHostsValidator>();
    }

    /// <summary>Lets pages of the allowed origins use the API, and refuses those of any other.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SecurityOptions>>().Value.AllowedOrigins.Count > 0)
        {
            app.UseCors();
        }

        app.UseMiddleware<CrossOriginMiddleware>();
    }
}
