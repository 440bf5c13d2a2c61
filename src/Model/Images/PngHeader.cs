using System.Buffers.Binary;

namespace RnnService.Model.Images;

/// <summary>The header of a PNG. Source: PNG specification (W3C, third edition), 5.2 and 11.2.1.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal readonly record struct PngHeader(long Width, long Height)
{
    // After the signature and the first chunk's length and type.
    private const int SizeOffset = 16;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> FirstChunk => "\0\0\0\rIHDR"u8;

    /// <exception cref="InvalidImageException">The file does not begin with a valid PNG header.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> png)
    {
        if (png.IsEmpty)
        {
            throw new InvalidImageException(ImageFault.Missing, "The image is empty.");
        }

        if (!png.StartsWith(Signature))
        {
            throw new InvalidImageException(ImageFault.UnknownFormat, "The file is not a PNG: it does not begin with the PNG signature.");
        }

        if (png.Length < SizeOffset + (2 * sizeof(uint)) || !png[Signature.Length..].StartsWith(FirstChunk))
        {
            throw Broken();
        }

        PngHeader header = new(BinaryPrimitives.ReadUInt32BigEndian(png[SizeOffset..]), BinaryPrimitives.ReadUInt32BigEndian(png[(SizeOffset + sizeof(uint))..]));
        return header is { Width: > 0, Height: > 0 } ? header : throw Broken();
    }

    public static InvalidImageException Broken() =>
        new(ImageFault.Broken, "The PNG's header is damaged. Save the image again.");
}
