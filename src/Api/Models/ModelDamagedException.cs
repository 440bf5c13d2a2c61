namespace RnnService.Api.Models;

/// <summary>A model is not as it was when it was trained: it may neither serve nor be taken elsewhere.</summary>
internal sealed class ModelDamagedException(ModelVersion model, string damage, Exception? cause = null)
    : Exception($"Model {model.Id} is damaged: {damage} It does not serve; what served before serves on. Trained again with the same options it comes out the same.", cause);
