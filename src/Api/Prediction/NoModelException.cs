using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>There is no active model.</summary>
internal sealed class NoModelException() : ProblemException(
    StatusCodes.Status409Conflict,
    "No model has been trained yet. Train one with POST /train, and send the image again when the job has succeeded.");
