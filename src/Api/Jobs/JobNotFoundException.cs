namespace RnnService.Api.Jobs;

/// <summary>There is no job of that id.</summary>
internal sealed class JobNotFoundException(string id)
    : Exception($"There is no job '{id}'. GET /jobs lists all jobs.");
