namespace RnnService.Model.Images;

/// <summary>The reason why an image cannot be used.</summary>
public enum ImageFault
{
    /// <summary>The file is empty.</summary>
    Missing,

    /// <summary>The file has the signature of no supported format.</summary>
    UnknownFormat,

    /// <summary>The file has the signature of a supported format, but is damaged or truncated.</summary>
    Broken,

    /// <summary>The image is not 28×28, or exceeds the maximum size.</summary>
    WrongSize,

    /// <summary>The image is blank.</summary>
    Blank,
}
