namespace RnnService.Api.Security;

/// <summary>Puts middleware around the framework's own, which refuses host names before the application's pipeline starts.</summary>
internal sealed class OutermostMiddleware : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<AllowedHostsMiddleware>();
        next(app);
    };
}
