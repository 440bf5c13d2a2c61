namespace RnnService.Model.Images;

/// <summary>One 28×28 digit as a network reads it, whatever its pixels are kept as.</summary>
public interface IDigit
{
    /// <summary>Puts the pixels where the network reads them.</summary>
    /// <param name="pixels">784 floats, [28, 28] row by row: 0 for the background and 1 for the ink.</param>
    void CopyTo(Span<float> pixels);
}
