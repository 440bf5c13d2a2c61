namespace RnnService.Api.OpenInference;

/// <summary>What a model is.</summary>
/// <param name="Name" example="digits">Its name.</param>
/// <param name="Versions" example="[&quot;1&quot;,&quot;2&quot;]">The versions that may be asked for by name.</param>
/// <param name="Platform" example="rnn-service">What runs it.</param>
/// <param name="Inputs">What goes in; `image` may be UINT8 as well.</param>
/// <param name="Outputs">What comes out.</param>
internal sealed record ModelMetadataResponse(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs)
{
    public ModelMetadataResponse(IReadOnlyList<string> versions)
        : this(ServedModels.Name, versions, "rnn-service", [TensorMetadata.Image], TensorMetadata.Outputs)
    {
    }
}
