using RnnService.Api.Http;
using RnnService.Model.Data;

namespace RnnService.Api.Datasets;

/// <summary>The files of a configured dataset cannot be used now.</summary>
internal sealed class DatasetUnavailableException(string name, InvalidDatasetException fault) : ProblemException(
    StatusCodes.Status503ServiceUnavailable, $"{Describe(name, fault)} Check that directory, and send the request again.")
{
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(30);

    /// <summary>Describes the fault to clients: with the name of the setting instead of the path.</summary>
    public static string Describe(string name, InvalidDatasetException fault) =>
        $"The dataset '{name}' is unavailable. File {fault.FileName} in the directory of {DatasetsOptions.Section}:{name}:{nameof(DatasetOptions.Directory)}: {fault.Fault}";
}
