namespace RnnService.Model.Images;

/// <summary>Bytes that were to be a digit are not. The message says what to send instead.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="message">What is wrong in words, and what to do.</param>
public sealed class InvalidImageException(ImageFault fault, string message) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public ImageFault Fault { get; } = fault;
}
