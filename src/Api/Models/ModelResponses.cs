namespace RnnService.Api.Models;

/// <summary>Describes models, as to what they are and whether they serve.</summary>
internal sealed class ModelResponses(ModelRegistry models, ActiveModel active)
{
    /// <summary>What describes one model after another, as things are now.</summary>
    public async Task<Func<ModelVersion, ModelResponse>> FromAsync(CancellationToken cancellation)
    {
        Guid? pinned = await models.FindPinAsync(cancellation);
        Guid? serving = active.Current?.Id;
        return model => ModelResponse.From(model, serving, pinned);
    }
}
