namespace RnnService.Api.Models;

/// <summary>A model is not as it was when it was trained, and may not serve.</summary>
internal sealed class ModelDamagedException(ModelVersion model, Exception cause)
    : Exception($"Model {model.Id} cannot serve: {cause.Message} The model before it serves on. Train it again, with the same options it comes out the same.", cause);
