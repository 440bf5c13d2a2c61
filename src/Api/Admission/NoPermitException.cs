using System.Globalization;
using RnnService.Api.Http;

namespace RnnService.Api.Admission;

/// <summary>The request was refused because too many of its kind are in progress.</summary>
internal sealed class NoPermitException(PermitDescription work) : ProblemException(
    StatusCodes.Status503ServiceUnavailable,
    string.Create(CultureInfo.InvariantCulture, $"{work.Limit + work.QueueLimit} {work.Work} are in progress, which is the limit. Send the request again after {work.RetryAfter.TotalSeconds} s."))
{
    public override TimeSpan? RetryAfter => work.RetryAfter;
}
