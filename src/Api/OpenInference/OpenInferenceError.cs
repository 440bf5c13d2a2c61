namespace RnnService.Api.OpenInference;

/// <summary>Why a request has no answer.</summary>
/// <param name="Error" example="inputs[0].shape: must be [N, 28, 28] with N from 1 to 256, not [1, 27, 28].">What is wrong, and what to do.</param>
internal sealed record OpenInferenceError(string Error);
