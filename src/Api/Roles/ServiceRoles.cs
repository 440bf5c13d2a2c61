namespace RnnService.Api.Roles;

/// <summary>What this process does.</summary>
/// <param name="IsApi">Whether it answers requests other than those for its health.</param>
/// <param name="IsWorker">Whether it trains jobs.</param>
internal sealed record ServiceRoles(bool IsApi, bool IsWorker)
{
    private const string Api = "api";
    private const string Worker = "worker";

    /// <summary>Reads the setting. It is needed before options are validated: for an invalid value, which prevents the start, the result is both roles.</summary>
    public static ServiceRoles Read(IConfiguration configuration) =>
        Parse(configuration[ConfigurationPath.Combine(ServiceOptions.Section, nameof(ServiceOptions.Roles))] ?? new ServiceOptions().Roles) ?? new ServiceRoles(true, true);

    /// <summary>Parses a list of roles. Returns null if it is empty or has another name.</summary>
    public static ServiceRoles? Parse(string text)
    {
        string[] names = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(name => name.ToLowerInvariant())];
        return names.All(name => name is Api or Worker) ? new ServiceRoles(names.Contains(Api), names.Contains(Worker)) : null;
    }
}
