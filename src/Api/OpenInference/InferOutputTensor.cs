namespace RnnService.Api.OpenInference;

/// <summary>An output.</summary>
/// <param name="Name" example="digit">Its name.</param>
/// <param name="Shape" example="[1]">Its dimensions.</param>
/// <param name="Datatype" example="INT64">Its numbers.</param>
/// <param name="Data" example="[7]">The numbers in row-major order.</param>
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
