using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RnnService.Api.Admission;

/// <summary>Ends the connections of clients that hold a permit and hardly send or receive anything. The server's own minimum of 240 B/s would let them hold it for hours.</summary>
internal static class DataRates
{
    private const double BytesPerSecond = 8 * 1024;

    private static readonly MinDataRate Minimum = new(BytesPerSecond, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Requires a minimum rate of a request's body. Call it before the body is read: the server then starts to measure. Time during which the service does not read does not count.</summary>
    public static void RequireMinimumUpload(HttpContext http)
    {
        // HTTP/2 has no rates of single requests; the server's limits apply.
        if (HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is IHttpMinRequestBodyDataRateFeature upload)
        {
            upload.MinDataRate = Minimum;
        }
    }

    /// <summary>Requires a minimum rate of a response.</summary>
    public static void RequireMinimumDownload(HttpContext http)
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IHttpMinResponseDataRateFeature>() is IHttpMinResponseDataRateFeature download)
        {
            download.MinDataRate = Minimum;
        }
    }
}
