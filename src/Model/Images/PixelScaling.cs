namespace RnnService.Model.Images;

/// <summary>Scales pixels to the input range of networks. Training and inference both use it, so they always scale identically.</summary>
internal static class PixelScaling
{
    /// <summary>The scaled value of each byte, from 0 to 1.</summary>
    private static readonly float[] Scaled = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => (float)value / byte.MaxValue)];

    /// <summary>Scales pixels.</summary>
    /// <param name="pixels">Bytes from 0 (background) to 255 (ink).</param>
    /// <param name="scaled">Receives the same number of floats, from 0 to 1.</param>
    public static void Scale(ReadOnlySpan<byte> pixels, Span<float> scaled)
    {
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Scaled[pixels[i]];
        }
    }
}
