using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>The model that made a prediction.</summary>
/// <param name="Id">The id, as in GET /models.</param>
/// <param name="Version" example="1">The version.</param>
internal sealed record PredictionModelResponse(Guid Id, int Version)
{
    public static PredictionModelResponse From(ModelIdentity model) => new(model.Id, model.Version);
}
