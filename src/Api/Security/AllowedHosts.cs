using System.Net;
using Microsoft.AspNetCore.HostFiltering;

namespace RnnService.Api.Security;

/// <summary>
/// The host names that requests can use, from the setting <c>AllowedHosts</c>. By default the names of this machine's loopback interface and those in the
/// addresses to listen on: a web page whose host name was rebound to this machine (DNS rebinding) uses another one.
/// </summary>
internal sealed class AllowedHosts(IConfiguration configuration)
{
    public const string Setting = "AllowedHosts";

    private const string KestrelEndpoints = "Kestrel:Endpoints";

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Addresses that mean all interfaces: they name no host.</summary>
    private static readonly string[] Wildcards = ["+", "*", "0.0.0.0", "[::]"];

    /// <summary>The addresses to listen on and the settings that they come from.</summary>
    private IEnumerable<(string Setting, string Address)> Addresses =>
    [
        .. Split(configuration[WebHostDefaults.ServerUrlsKey]).Select(address => (WebHostDefaults.ServerUrlsKey, address)),
        .. configuration.GetSection(KestrelEndpoints).GetChildren().SelectMany(endpoint => Split(endpoint["Url"]).Select(address => ($"{endpoint.Path}:Url", address))),
    ];

    public void Configure(HostFilteringOptions options)
    {
        string[] configured = Split(configuration[Setting]);
        options.AllowedHosts = configured.Length > 0 ? configured : [.. Loopback.Union(Addresses.Select(entry => HostOf(entry.Address)).OfType<string>(), StringComparer.OrdinalIgnoreCase)];
        options.IncludeFailureMessage = false;
    }

    /// <summary>The errors of the settings, each with its full name.</summary>
    public IEnumerable<string> Validate() =>
    [
        .. Split(configuration[Setting]).Where(host => !IsHostName(host)).Select(host =>
            $"{Setting} must be host names without scheme and port, separated by semicolons, such as localhost;digits.example.com, not '{host}'."),
        .. Addresses.Where(entry => Parse(entry.Address) is null).Select(entry =>
            $"{entry.Setting} must be addresses separated by semicolons, such as http://localhost:5000, not '{entry.Address}'."),
    ];

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsHostName(string text)
    {
        string name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return name == "*" || (Uri.CheckHostName(name) is not UriHostNameType.Unknown && (!name.Contains(':', StringComparison.Ordinal) || name.StartsWith('[')));
    }

    private static string? HostOf(string address) =>
        Parse(address) is BindingAddress binding && !binding.IsUnixPipe && !binding.IsNamedPipe && !Wildcards.Contains(binding.Host) ? binding.Host : null;

    private static BindingAddress? Parse(string address)
    {
        try
        {
            BindingAddress binding = BindingAddress.Parse(address);
            return binding.Port is >= 0 and <= IPEndPoint.MaxPort ? binding : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
