namespace RnnService.Model.Images;

/// <summary>
/// The size at which a photograph is processed: its longer side has about 1,000 pixels. A digit that is a twentieth as high still has 50 pixels, more than twice as many as
/// in MNIST. Smaller images keep their size.
/// </summary>
internal static class PhotoScale
{
    private const int Side = 1000;

    private const int MaxFactor = 256;

    /// <summary>The factor by which a size is divided.</summary>
    public static int Factor(int width, int height) => Math.Clamp((Math.Max(width, height) + (Side / 2)) / Side, 1, MaxFactor);

    /// <summary>The fraction at which a JPEG is decoded, in eighths: libjpeg omits the rest of the cosine transform.</summary>
    public static float Eighths(int width, int height) => Math.Clamp(MathF.Round(8f * Side / Math.Max(width, height)), 1, 8) / 8;
}
