using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using RnnService.Api.Datasets;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Reads and validates training requests. All errors are reported together.</summary>
internal sealed class TrainRequestReader(DatasetCatalog datasets)
{
    private const string Example = "{\"epochs\": 3}";

    /// <exception cref="InvalidRequestException">A field is unknown, of the wrong type, or out of range.</exception>
    /// <exception cref="DatasetUnavailableException">The dataset's files cannot be read now.</exception>
    public async Task<(TrainingSettings Settings, JobPriority Priority)> ReadAsync(HttpRequest http, CancellationToken cancellation)
    {
        ValidationErrors errors = new();
        TrainRequest request = await JsonRequestReader.ReadAsync<TrainRequest>(http, Example, errors, cancellation);
        TrainingSettings settings = request.ToSettings();
        CheckRanges(settings, errors);
        CheckDataset(settings, errors);
        errors.ThrowIfAny();
        return (settings, request.Priority ?? JobPriority.Normal);
    }

    private static void CheckRanges(TrainingSettings settings, ValidationErrors errors)
    {
        foreach (ValidationResult result in settings.Validate())
        {
            foreach (string member in result.MemberNames)
            {
                errors.Add(JsonNamingPolicy.CamelCase.ConvertName(member), result.ErrorMessage!);
            }
        }
    }

    private void CheckDataset(TrainingSettings settings, ValidationErrors errors)
    {
        DatasetSplit? dataset = datasets.Find(settings.Dataset);
        if (dataset is null && datasets.Unavailable.TryGetValue(settings.Dataset, out InvalidDatasetException? fault))
        {
            throw new DatasetUnavailableException(settings.Dataset, fault);
        }

        if (dataset is null)
        {
            errors.Add("dataset", $"must be one of {string.Join(", ", datasets.Names)}, not '{settings.Dataset}'.");
        }
        else if (settings.TrainingImages > dataset.Training.Count)
        {
            errors.Add("trainingImages", $"must be at most {dataset.Training.Count}, the number of training images of {settings.Dataset}.");
        }
    }
}
