namespace RnnService.Api.Models;

/// <summary>A model that serves may not be deleted.</summary>
internal sealed class ModelServesException(ModelVersion model)
    : Exception($"Model {model.Id} serves now. PUT /models/active with another id first, then delete it.");
