namespace RnnService.Model.Images;

/// <summary>A decoded image in color, in memory that its creator owns.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="rgba">[height, width, 4] bytes: red, green, blue, and opacity; not premultiplied.</param>
internal readonly ref struct ColorImage(int width, int height, Span<byte> rgba)
{
    /// <summary>Bytes of a pixel.</summary>
    public const int Channels = 4;

    /// <summary>Width in pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Height in pixels.</summary>
    public int Height { get; } = height;

    /// <summary>[height, width, 4] bytes: red, green, blue, and opacity; not premultiplied.</summary>
    public Span<byte> Rgba { get; } = rgba;

    /// <summary>
    /// Puts a transparent image on a background that contrasts with its ink: black for light ink, white for dark ink. Afterwards it is opaque.
    /// </summary>
    public void MakeOpaque()
    {
        long ink = 0;
        long opacity = 0;
        bool opaque = true;
        for (int i = 0; i < Rgba.Length; i += Channels)
        {
            int alpha = Rgba[i + 3];
            opaque &= alpha == byte.MaxValue;
            ink += Luma(Rgba.Slice(i, 3)) * alpha;
            opacity += alpha;
        }

        if (opaque)
        {
            return;
        }

        int background = ink >= GrayImage.LightThreshold * opacity ? byte.MinValue : byte.MaxValue;
        for (int i = 0; i < Rgba.Length; i += Channels)
        {
            int alpha = Rgba[i + 3];
            foreach (ref byte channel in Rgba.Slice(i, 3))
            {
                channel = (byte)(((channel * alpha) + (background * (byte.MaxValue - alpha)) + 127) / byte.MaxValue);
            }

            Rgba[i + 3] = byte.MaxValue;
        }
    }

    /// <summary>BT.601 in 16-bit fixed point. The weights sum to 65,536, so gray values remain unchanged.</summary>
    public static int Luma(ReadOnlySpan<byte> rgb) => ((19595 * rgb[0]) + (38470 * rgb[1]) + (7471 * rgb[2]) + 32768) >> 16;
}
