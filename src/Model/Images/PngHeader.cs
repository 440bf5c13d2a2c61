using System.Buffers.Binary;

namespace RnnService.Model.Images;

/// <summary>The header of a PNG. Source: PNG specification (W3C, third edition), 5.2 and 11.2.1.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="IsInterlaced">Whether the pixels are stored in several passes.</param>
internal readonly record struct PngHeader(long Width, long Height, bool IsInterlaced)
{
    // After the signature and the first chunk's length and type.
    private const int SizeOffset = 16;

    private const int SizeEnd = SizeOffset + (2 * sizeof(uint));

    private const int InterlaceOffset = SizeEnd + 4;

    private static ReadOnlySpan<byte> LastChunk => "\0\0\0\0IEND"u8;

    private static ReadOnlySpan<byte> FirstChunk => "\0\0\0\rIHDR"u8;

    /// <exception cref="InvalidImageException">The file does not begin with a valid PNG header.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> png)
    {
        if (png.IsEmpty)
        {
            throw new InvalidImageException(ImageFault.Missing, "The image is empty.");
        }

        if (!ImageSignature.IsPng(png))
        {
            throw new InvalidImageException(ImageFault.UnknownFormat, "The file is not a PNG: it does not begin with the PNG signature.");
        }

        return TryRead(png) is { Width: > 0, Height: > 0 } header ? header : throw Broken();
    }

    /// <summary>Reads the header from the first bytes of a file, or returns null if they are not those of a PNG.</summary>
    public static PngHeader? TryRead(ReadOnlySpan<byte> start)
    {
        if (start.Length < SizeEnd || !ImageSignature.IsPng(start) || !start[(SizeOffset - FirstChunk.Length)..].StartsWith(FirstChunk))
        {
            return null;
        }

        bool isInterlaced = start.Length > InterlaceOffset && start[InterlaceOffset] != 0;
        return new PngHeader(BinaryPrimitives.ReadUInt32BigEndian(start[SizeOffset..]), BinaryPrimitives.ReadUInt32BigEndian(start[(SizeOffset + sizeof(uint))..]), isInterlaced);
    }

    /// <summary>Checks that the file has its last chunk: Skia accepts files that are truncated after the last pixel, without the final checksums; this project does not.</summary>
    /// <exception cref="InvalidImageException">The file is truncated.</exception>
    public static void ThrowIfTruncated(ReadOnlySpan<byte> png)
    {
        if (png.IndexOf(LastChunk) < 0)
        {
            throw new InvalidImageException(ImageFault.Broken, "The PNG is truncated. Save the image again.");
        }
    }

    public static InvalidImageException Broken() =>
        new(ImageFault.Broken, "The PNG's header is damaged. Save the image again.");
}
