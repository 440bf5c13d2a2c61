using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>Requires a permit for a request that waits for a scan. Known results need none.</summary>
internal sealed class ScanPermitFilter(Misclassifications misclassifications, ProblemExceptionHandler problems) : PermitFilter(misclassifications.Permits, problems)
{
    protected override bool NeedsPermit(HttpRequest request) => !(Guid.TryParse(request.RouteValues["id"] as string, out Guid model) && misclassifications.IsKnown(model));
}
