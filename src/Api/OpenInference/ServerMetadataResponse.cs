using System.Reflection;

namespace RnnService.Api.OpenInference;

/// <summary>What this server is.</summary>
/// <param name="Name" example="RnnService">Its name.</param>
/// <param name="Version" example="1.0.0">Its version.</param>
/// <param name="Extensions">Extensions of the protocol: none.</param>
internal sealed record ServerMetadataResponse(string Name, string Version, IReadOnlyList<string> Extensions)
{
    public static ServerMetadataResponse Instance { get; } = new(
        "RnnService", typeof(ServerMetadataResponse).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, []);
}
