namespace RnnService.Api.Prediction;

/// <summary>The error of one image in a batch.</summary>
/// <param name="Status" example="422">The status that POST /predict returns for this image.</param>
/// <param name="Detail" example="The image is 29×28, but it must be 28×28. Scale it to 28×28, or send it with fit=true, which finds and scales the digit.">What went wrong and how to fix it.</param>
internal sealed record ImageErrorResponse(int Status, string Detail);
