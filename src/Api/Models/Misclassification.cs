namespace RnnService.Api.Models;

/// <summary>A test image that a model misclassifies.</summary>
/// <param name="Index">The index of the image in the test set, from 0.</param>
/// <param name="Actual">The label.</param>
/// <param name="Predicted">The predicted digit.</param>
/// <param name="Confidence">The probability of the predicted digit.</param>
internal sealed record Misclassification(int Index, int Actual, int Predicted, float Confidence);
