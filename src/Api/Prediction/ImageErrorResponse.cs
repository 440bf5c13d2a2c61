namespace RnnService.Api.Prediction;

/// <summary>Why one image of many has no answer.</summary>
/// <param name="Status" example="422">The status that POST /predict would have given for it.</param>
/// <param name="Detail" example="The picture is 29×28. Scale it to 28×28, as MNIST's digits are, or ask with fit=true to have that done.">What is wrong, and what to do.</param>
internal sealed record ImageErrorResponse(int Status, string Detail);
