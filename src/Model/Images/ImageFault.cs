namespace RnnService.Model.Images;

/// <summary>The reason why an image cannot be used.</summary>
public enum ImageFault
{
    /// <summary>The file is empty.</summary>
    Missing,

    /// <summary>The file does not begin with the signature of a PNG, or where other formats are read, of a JPEG or WebP.</summary>
    UnknownFormat,

    /// <summary>The file begins like an image, but is damaged or truncated.</summary>
    Broken,

    /// <summary>The image is not 28×28, or exceeds the maximum size.</summary>
    WrongSize,

    /// <summary>The image is blank.</summary>
    Blank,

    /// <summary>The image has too many digits.</summary>
    TooManyDigits,
}
