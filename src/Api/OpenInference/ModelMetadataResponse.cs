namespace RnnService.Api.OpenInference;

/// <summary>The metadata of a model.</summary>
/// <param name="Name" example="digits">The name.</param>
/// <param name="Versions" example="[&quot;1&quot;,&quot;2&quot;]">The available versions.</param>
/// <param name="Platform" example="rnn-service">The platform that runs the model.</param>
/// <param name="Inputs">The inputs. `image` can also be UINT8.</param>
/// <param name="Outputs">The outputs.</param>
internal sealed record ModelMetadataResponse(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs)
{
    public ModelMetadataResponse(IReadOnlyList<string> versions)
        : this(ServedModels.Name, versions, "rnn-service", [TensorMetadata.Image], TensorMetadata.Outputs)
    {
    }
}
