using System.Globalization;
using RnnService.Testing;

namespace RnnService.Api.Tests;

/// <summary>MNIST test images in the formats of requests.</summary>
internal static class Digits
{
    public static byte[] Png(int i) => PngWriter.Gray(Mnist.Data.Test.Pixels(i));

    public static byte[][] Pngs(int count) => [.. Enumerable.Range(0, count).Select(Png)];

    /// <summary>An inference request with the first test images, as bytes or as floats from 0 to 1, flat or nested.</summary>
    public static string InferRequest(int count, string datatype = "UINT8", bool nested = false, string more = "") =>
        $$"""{"inputs": [{"name": "image", "shape": [{{count}}, 28, 28], "datatype": "{{datatype}}", "data": {{Data(count, datatype, nested)}}}]{{more}}}""";

    public static string Data(int count, string datatype, bool nested)
    {
        string[] numbers = [.. Enumerable.Range(0, count).SelectMany(i => Mnist.Data.Test.Pixels(i).ToArray()).Select(pixel =>
            datatype == "FP32" ? (pixel / 255f).ToString("R", CultureInfo.InvariantCulture) : pixel.ToString(CultureInfo.InvariantCulture))];
        return nested ? List(numbers.Chunk(784).Select(image => List(image.Chunk(28).Select(List)))) : List(numbers);
    }

    private static string List(IEnumerable<string> parts) => $"[{string.Join(',', parts)}]";
}
