namespace RnnService.Model.Images;

/// <summary>Bytes to what a network is fed, for training and for serving alike: pixels are scaled here and nowhere else.</summary>
internal static class PixelScaling
{
    /// <summary>What each byte becomes, 0 to 1.</summary>
    private static readonly float[] Scaled = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => (float)value / byte.MaxValue)];

    /// <summary>Scales some pixels.</summary>
    /// <param name="pixels">Bytes, 0 for the background and 255 for the ink.</param>
    /// <param name="scaled">As many floats, 0 to 1.</param>
    public static void Scale(ReadOnlySpan<byte> pixels, Span<float> scaled)
    {
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Scaled[pixels[i]];
        }
    }
}
