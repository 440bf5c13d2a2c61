using System.Globalization;

namespace RnnService.Api.OpenInference;

/// <summary>An output.</summary>
/// <param name="Name" example="digit">Its name.</param>
/// <param name="Shape" example="[1]">Its dimensions.</param>
/// <param name="Datatype" example="INT64">Its numbers.</param>
/// <param name="Data" example="[7]">The numbers in row-major order.</param>
internal sealed record InferOutputTensor(string Name, IReadOnlyList<int> Shape, string Datatype, IReadOnlyList<double> Data)
{
    public static InferOutputTensor From(TensorMetadata output, IReadOnlyList<Model.Inference.Prediction> predictions) => new(
        output.Name,
        [predictions.Count, .. output.Shape.Skip(1)],
        output.Datatype,
        [.. output == TensorMetadata.Digit
            ? predictions.Select(prediction => (double)prediction.Digit)
            : predictions.SelectMany(prediction => prediction.Probabilities).Select(Shortest)]);

    /// <summary>The double that is written as the float would be: it must not seem more exact than it is.</summary>
    private static double Shortest(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
