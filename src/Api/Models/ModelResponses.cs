namespace RnnService.Api.Models;

/// <summary>Creates responses for models, including whether they are active and pinned.</summary>
internal sealed class ModelResponses(ModelRegistry models, ActiveModel active)
{
    /// <summary>Returns a function that creates responses based on the current state.</summary>
    public async Task<Func<ModelVersion, ModelResponse>> FromAsync(CancellationToken cancellation)
    {
        Guid? pinned = await models.FindPinAsync(cancellation);
        Guid? activeId = active.Current?.Id;
        return model => ModelResponse.From(model, activeId, pinned);
    }
}
