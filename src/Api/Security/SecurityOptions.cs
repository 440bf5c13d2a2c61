namespace RnnService.Api.Security;

/// <summary>Settings under <c>Security</c>.</summary>
internal sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>
    /// The origins, such as <c>https://app.example.com</c>, whose web pages can use the API. None by default: only the service's own pages can.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
}
