using RnnService.Model.Architecture;
using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>A tensor of a model.</summary>
/// <param name="Name" example="image">The name.</param>
/// <param name="Datatype" example="FP32">The data type.</param>
/// <param name="Shape" example="[-1,28,28]">The dimensions; -1 is variable.</param>
internal sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<int> Shape)
{
    public const string Float = "FP32";
    public const string Byte = "UINT8";
    public const string Integer = "INT64";

    public static TensorMetadata Image { get; } = new("image", Float, [-1, DigitImage.Side, DigitImage.Side]);

    public static TensorMetadata Probabilities { get; } = new("probabilities", Float, [-1, NetworkSettings.ClassCount]);

    public static TensorMetadata Digit { get; } = new("digit", Integer, [-1]);

    public static IReadOnlyList<TensorMetadata> Outputs { get; } = [Probabilities, Digit];
}
