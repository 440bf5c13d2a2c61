namespace RnnService.Api.OpenInference;

/// <summary>An error of the protocol.</summary>
/// <param name="Error" example="inputs[0].shape: must be [N, 28, 28] with N from 1 to 256, not [1, 27, 28].">What went wrong and how to fix it.</param>
internal sealed record OpenInferenceError(string Error);
