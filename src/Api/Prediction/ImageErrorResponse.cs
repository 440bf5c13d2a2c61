namespace RnnService.Api.Prediction;

/// <summary>The error of one image in a batch.</summary>
/// <param name="Status" example="422">The status that POST /predict returns for this image.</param>
/// <param name="Detail" example="The image is blank: no ink stands out from its background. Draw or photograph one digit, dark on light or light on dark.">What went wrong and how to fix it.</param>
internal sealed record ImageErrorResponse(int Status, string Detail);
