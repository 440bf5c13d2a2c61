namespace RnnService.Api.Roles;

/// <summary>Settings under <c>Service</c>.</summary>
internal sealed class ServiceOptions
{
    public const string Section = "Service";

    /// <summary>
    /// What this process does: <c>api</c> answers requests, <c>worker</c> trains jobs, and <c>api,worker</c>, the default, does both. A single role needs a PostgreSQL
    /// database, which processes with the other role share.
    /// </summary>
    public string Roles { get; init; } = "api,worker";
}
