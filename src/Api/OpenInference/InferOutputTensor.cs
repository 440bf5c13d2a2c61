namespace RnnService.Api.OpenInference;

/// <summary>An output tensor.</summary>
/// <param name="Name" example="digit">The name.</param>
/// <param name="Shape" example="[1]">The dimensions.</param>
/// <param name="Datatype" example="INT64">The data type.</param>
/// <param name="Data" example="[7]">The values in row-major order.</param>
internal sealed record InferOutputTensor(string Name, IReadOnlyList<int> Shape, string Datatype, IReadOnlyList<float> Data)
{
    public static InferOutputTensor From(TensorMetadata output, IReadOnlyList<Model.Inference.Prediction> predictions) => new(
        output.Name,
        [predictions.Count, .. output.Shape.Skip(1)],
        output.Datatype,
        [.. output == TensorMetadata.Digit
            ? predictions.Select(prediction => (float)prediction.Digit)
            : predictions.SelectMany(prediction => prediction.Probabilities)]);
}
