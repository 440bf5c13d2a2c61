namespace RnnService.Api.Models;

/// <summary>There is no model of that id.</summary>
internal sealed class ModelNotFoundException(string id)
    : Exception($"There is no model '{id}'. GET /models lists all models; POST /train makes one.");
