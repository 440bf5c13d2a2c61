using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>No model has this id.</summary>
internal sealed class ModelNotFoundException(string id) : ProblemException(
    StatusCodes.Status404NotFound,
    $"There is no model '{id}'. GET /models lists all models; POST /train trains one.");
