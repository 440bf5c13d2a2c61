using RnnService.Api.Http;

namespace RnnService.Api.OpenInference;

/// <summary>The model or the version does not exist.</summary>
internal sealed class ServedModelNotFoundException(string name, string? version = null) : ProblemException(StatusCodes.Status404NotFound, version is null
    ? $"There is no model '{name}'. The only model is '{ServedModels.Name}': GET {OpenInferenceEndpoints.Prefix}/models/{ServedModels.Name}."
    : $"The model '{name}' has no version '{version}'. GET {OpenInferenceEndpoints.Prefix}/models/{name} lists its versions; POST /train adds one.");
