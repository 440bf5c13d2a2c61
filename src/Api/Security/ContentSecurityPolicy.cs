namespace RnnService.Api.Security;

/// <summary>What HTML pages below a path can load, run, and send. Whoever serves the pages registers it; other HTML can do nothing.</summary>
/// <param name="Prefix">The path prefix of the pages.</param>
/// <param name="Value">The value of the header Content-Security-Policy.</param>
internal sealed record ContentSecurityPolicy(PathString Prefix, string Value)
{
    public static ContentSecurityPolicy None { get; } = new("", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}
