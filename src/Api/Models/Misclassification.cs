namespace RnnService.Api.Models;

/// <summary>A test image that a model got wrong.</summary>
/// <param name="Index">Its place among the test images, from 0.</param>
/// <param name="Actual">The digit that it shows.</param>
/// <param name="Predicted">The digit that the model told.</param>
/// <param name="Confidence">How sure the model was of it.</param>
internal sealed record Misclassification(int Index, int Actual, int Predicted, float Confidence);
