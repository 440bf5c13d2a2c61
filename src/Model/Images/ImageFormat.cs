namespace RnnService.Model.Images;

/// <summary>The format of an image file.</summary>
internal enum ImageFormat
{
    /// <summary>PNG.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>WebP.</summary>
    WebP,
}
