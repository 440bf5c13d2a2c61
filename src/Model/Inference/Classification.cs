namespace RnnService.Model.Inference;

/// <summary>The classification of an image by a network.</summary>
/// <param name="Probabilities">The calibrated probabilities of the digits 0 to 9, which sum to 1.</param>
/// <param name="IsDigit">Whether the image is like those that the network learned; null if the network is not calibrated.</param>
public sealed record Classification(IReadOnlyList<float> Probabilities, bool? IsDigit);
