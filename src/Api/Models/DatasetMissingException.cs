using RnnService.Api.Http;

namespace RnnService.Api.Models;

/// <summary>The dataset that a model was trained on is no longer configured.</summary>
internal sealed class DatasetMissingException(ModelVersion model) : ProblemException(
    StatusCodes.Status409Conflict,
    $"Model {model.Id} was trained on the dataset '{model.Settings.Dataset}', which is no longer configured. Set Datasets:{model.Settings.Dataset}:Directory to the path of the dataset and restart the service.");
