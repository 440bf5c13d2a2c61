using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>Requires a permit for a request for misclassified images.</summary>
internal sealed class ScanPermitFilter(Misclassifications misclassifications, ProblemExceptionHandler problems) : PermitFilter(misclassifications.Permits, problems);
