namespace RnnService.Model.Images;

/// <summary>Recognizes the format of a file by its first bytes.</summary>
internal static class ImageSignature
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> Jpeg => [0xff, 0xd8, 0xff];

    /// <summary>Whether the file begins like a PNG.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Png);

    /// <exception cref="InvalidImageException">The file is empty or has another format.</exception>
    public static ImageFormat Read(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new InvalidImageException(ImageFault.Missing, "The image is empty.");
        }

        return IsPng(file) ? ImageFormat.Png
            : file.StartsWith(Jpeg) ? ImageFormat.Jpeg
            : file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..].StartsWith("WEBP"u8) ? ImageFormat.WebP
            : throw new InvalidImageException(ImageFault.UnknownFormat, "The file is not a PNG, JPEG or WebP: it does not begin with the signature of one of them.");
    }
}
