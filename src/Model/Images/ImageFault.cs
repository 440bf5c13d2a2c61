namespace RnnService.Model.Images;

/// <summary>Why bytes are not a digit.</summary>
public enum ImageFault
{
    /// <summary>There are no bytes at all.</summary>
    Missing,

    /// <summary>They do not begin as a PNG does.</summary>
    NotPng,

    /// <summary>They begin as a PNG, but cannot be decoded to the end.</summary>
    Broken,

    /// <summary>The picture is not 28×28, or larger than it may be.</summary>
    WrongSize,

    /// <summary>The picture shows nothing.</summary>
    Blank,
}
