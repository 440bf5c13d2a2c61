using System.Net;
using System.Net.Sockets;

namespace RnnService.Api.Training;

/// <summary>
/// The address that identifies a client. Behind a proxy it is that of the proxy, unless <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> lets the framework read it from the
/// proxy's headers.
/// </summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>Returns the IPv4 address or the IPv6 network: a host usually has all addresses of its /64 network.</summary>
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address when !IPAddress.IsLoopback(address) =>
            $"{new IPAddress([.. address.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]])}/64",
        IPAddress address => address.ToString(),
    };
}
