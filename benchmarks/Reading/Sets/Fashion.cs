using System.IO.Compression;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Reading.Sets;

/// <summary>The test images of Fashion-MNIST, which Debian's package <c>dataset-fashion-mnist</c> installs.</summary>
internal static class Fashion
{
    private const int HeaderLength = 16;

    /// <summary>Reads the images.</summary>
    /// <param name="path">The file <c>t10k-images-idx3-ubyte.gz</c>.</param>
    public static IEnumerable<LabeledImage> Read(string path)
    {
        using MemoryStream file = new();
        using (GZipStream compressed = new(File.OpenRead(path), CompressionMode.Decompress))
        {
            compressed.CopyTo(file);
        }

        return [.. file.ToArray().Skip(HeaderLength).Chunk(DigitImage.PixelCount).Select(pixels => new LabeledImage(new DigitImage(pixels), Label: null))];
    }
}
