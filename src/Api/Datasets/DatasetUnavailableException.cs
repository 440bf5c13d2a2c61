using RnnService.Api.Http;

namespace RnnService.Api.Datasets;

/// <summary>The files of a configured dataset cannot be read now.</summary>
internal sealed class DatasetUnavailableException(string name) : ProblemException(
    StatusCodes.Status503ServiceUnavailable,
    $"The files of the dataset '{name}' cannot be read. Check that the directory of {DatasetsOptions.Section}:{name}:{nameof(DatasetOptions.Directory)} is mounted and readable, and send the request again.")
{
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(30);
}
