using RnnService.Model.Data;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Reading.Sets;

/// <summary>An image as a network reads it.</summary>
/// <param name="Image">The image.</param>
/// <param name="Label">Its digit; null if it is none.</param>
/// <param name="IsSeveral">Whether several digits were found in it.</param>
internal readonly record struct LabeledImage(DigitImage Image, int? Label, bool IsSeveral = false)
{
    /// <summary>The images of a dataset.</summary>
    public static IEnumerable<LabeledImage> Of(DigitDataset digits) =>
        Enumerable.Range(0, digits.Count).Select(i => new LabeledImage(new DigitImage(digits.Pixels(i)), digits.Labels[i]));
}
