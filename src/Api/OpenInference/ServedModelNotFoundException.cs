namespace RnnService.Api.OpenInference;

/// <summary>The protocol sees no model of that name, or no version of it.</summary>
internal sealed class ServedModelNotFoundException(string name, string? version = null) : Exception(version is null
    ? $"There is no model '{name}'. There is one, '{ServedModels.Name}': GET {OpenInferenceEndpoints.Prefix}/models/{ServedModels.Name}."
    : $"The model '{name}' has no version '{version}'. GET {OpenInferenceEndpoints.Prefix}/models/{name} lists those it has; POST /train makes one.");
