using RnnService.Api.Security;

namespace RnnService.Api.Hosting;

/// <summary>The Content-Security-Policies of the service's HTML: the web page, Swagger UI, and Hangfire's dashboard.</summary>
internal static class HtmlPolicies
{
    /// <summary>Only the page's own scripts run, and nothing is sent to another origin. Images that a user selects are blobs.</summary>
    public const string WebPage =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Dashboard =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddHtmlPolicies(this IServiceCollection services) => services
        .AddSingleton(new ContentSecurityPolicy("/swagger", Dashboard))
        .AddSingleton(new ContentSecurityPolicy("/hangfire", Dashboard));
}
