using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>The active model cannot be deleted.</summary>
internal sealed class ModelActiveException(ModelVersion model) : ProblemException(
    StatusCodes.Status409Conflict,
    $"Model {model.Id} is active. Activate another model with PUT /models/active first, then delete this one.");
