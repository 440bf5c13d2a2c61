namespace RnnService.Api.Models;

/// <summary>The data set that a model was trained on is not there any more.</summary>
internal sealed class DatasetGoneException(ModelVersion model)
    : Exception($"Model {model.Id} was trained on the data set '{model.Settings.Dataset}', which the service does not have now. Start it with Datasets:{model.Settings.Dataset}:Directory set to the data set's folder.");
