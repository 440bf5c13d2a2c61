using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>The stored model differs from the model that was trained. It can be neither activated nor downloaded, which is the fault of the server.</summary>
internal sealed class ModelDamagedException(ModelVersion model, string damage, Exception? cause = null) : ProblemException(
    StatusCodes.Status503ServiceUnavailable,
    $"Model {model.Id} is damaged: {damage} It cannot be used, and the active model does not change. To reproduce it, train again with the same options.",
    cause);
