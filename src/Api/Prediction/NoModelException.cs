namespace RnnService.Api.Prediction;

/// <summary>There is no network to ask yet.</summary>
internal sealed class NoModelException()
    : Exception("No network has been trained yet. POST /train to train one, and ask again when the job has succeeded.");
