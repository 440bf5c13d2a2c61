using System.Threading.RateLimiting;
using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>
/// The permit of one request to read and decode images of any size. Whether a request needs it can be known only from the first bytes of an image, so it is taken when the first such
/// image begins, and kept until the response is complete. Not thread-safe.
/// </summary>
/// <param name="http">The request.</param>
/// <param name="requests">Limits the number of requests.</param>
/// <param name="megabytes">Limits the total size of their bodies; null if the size of a body does not matter.</param>
/// <param name="maxBytes">The size of a body of unknown length.</param>
internal sealed class FitPermit(HttpContext http, PermitPool requests, PermitPool? megabytes, int maxBytes) : IDisposable
{
    private const int BytesPerMegabyte = 1024 * 1024;

    private RateLimitLease? request;
    private RateLimitLease? size;
    private NoPermitException? refusal;

    /// <summary>Takes the permit without waiting, unless the request has it already.</summary>
    /// <returns>Whether the request has the permit; otherwise the response is that of <see cref="RefuseAsync"/>.</returns>
    public bool TryTake()
    {
        if (request is null && (request = requests.TryTake()) is null)
        {
            refusal = requests.Refusal();
        }
        else if (megabytes is not null && size is null && (size = megabytes.TryTake(Megabytes())) is null)
        {
            refusal = megabytes.Refusal();
        }
        else
        {
            refusal = null;
        }

        return refusal is null;
    }

    /// <summary>Writes the response of a request whose permit could not be taken. It does not throw, like the filters that refuse requests before their body.</summary>
    public async Task<IResult> RefuseAsync(ProblemExceptionHandler problems)
    {
        await RefusalFilter.RefuseAsync(problems, http, refusal!);
        return Results.Empty;
    }

    public void Dispose()
    {
        request?.Dispose();
        size?.Dispose();
    }

    private int Megabytes() => (int)((Math.Min(http.Request.ContentLength ?? maxBytes, maxBytes) / BytesPerMegabyte) + 1);
}
