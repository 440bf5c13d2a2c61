using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>The active model cannot be deleted.</summary>
internal sealed class ModelActiveException(Guid id) : ProblemException(
    StatusCodes.Status409Conflict,
    $"Model {id} is active. Activate another model with PUT /models/active first, then delete this one.");
