using RnnService.Model.Images;

namespace RnnService.Benchmarks.Reading.Photos;

/// <summary>A generated photograph of handwritten digits.</summary>
/// <param name="File">The encoded image.</param>
/// <param name="Labels">The digits, in reading order.</param>
/// <param name="Boxes">The bounding boxes of their ink, in pixels.</param>
/// <param name="Description">How the photograph was made.</param>
internal sealed record Photo(byte[] File, IReadOnlyList<int> Labels, IReadOnlyList<ImageBox> Boxes, string Description);
