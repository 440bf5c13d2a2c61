using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>The model that gave an answer.</summary>
/// <param name="Id">Its id, as in GET /models.</param>
/// <param name="Version" example="1">Its version.</param>
internal sealed record PredictionModelResponse(Guid Id, int Version)
{
    public static PredictionModelResponse From(ModelIdentity model) => new(model.Id, model.Version);
}
