using System.Buffers.Binary;

namespace RnnService.Model.Images;

/// <summary>What a PNG says of itself before its pixels. Source: PNG specification (W3C, third edition), 5.2 and 11.2.1.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct PngHeader(long Width, long Height)
{
    // The signature, and the first chunk's length and type.
    private const int SizeAt = 16;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> FirstChunk => "\0\0\0\rIHDR"u8;

    /// <exception cref="InvalidImageException">The bytes do not begin as a PNG does.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> png)
    {
        if (png.IsEmpty)
        {
            throw new InvalidImageException(ImageFault.Missing, "The image is empty. Send a 28×28 PNG.");
        }

        if (!png.StartsWith(Signature))
        {
            throw new InvalidImageException(ImageFault.NotPng, "The file is not a PNG: it does not begin with the PNG signature. Convert it to PNG, whatever its name ends with.");
        }

        if (png.Length < SizeAt + (2 * sizeof(uint)) || !png[Signature.Length..].StartsWith(FirstChunk))
        {
            throw Broken();
        }

        PngHeader header = new(BinaryPrimitives.ReadUInt32BigEndian(png[SizeAt..]), BinaryPrimitives.ReadUInt32BigEndian(png[(SizeAt + sizeof(uint))..]));
        return header is { Width: > 0, Height: > 0 } ? header : throw Broken();
    }

    public static InvalidImageException Broken() =>
        new(ImageFault.Broken, "The PNG's header is broken. Save the picture again and send the whole file.");
}
