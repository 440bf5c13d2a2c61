using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>Requires a permit for a request with one image and <c>fit=true</c>. Other requests need none.</summary>
internal sealed class FitPermitFilter(PredictionPermits permits, ProblemExceptionHandler problems) : PermitFilter(permits.Fits, problems)
{
    protected override bool NeedsPermit(HttpRequest request) => PredictionQuery.IsFit(request);
}
