using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>Requires a permit for a request with several images or tensors.</summary>
internal sealed class BatchPermitFilter(PredictionPermits permits, ProblemExceptionHandler problems) : PermitFilter(permits.Batches, problems);
