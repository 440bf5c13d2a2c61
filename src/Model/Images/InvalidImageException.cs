namespace RnnService.Model.Images;

/// <summary>An image cannot be used: it is empty, of an unknown format, damaged, blank or of the wrong size, or has too many digits.</summary>
/// <param name="fault">The reason.</param>
/// <param name="message">Describes the error.</param>
public sealed class InvalidImageException(ImageFault fault, string message) : Exception(message)
{
    /// <summary>The reason.</summary>
    public ImageFault Fault { get; } = fault;
}
