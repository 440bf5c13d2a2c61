using System.Reflection;

namespace RnnService.Api.OpenInference;

/// <summary>The metadata of the server.</summary>
/// <param name="Name" example="RnnService">The name.</param>
/// <param name="Version" example="1.0.0">The version.</param>
/// <param name="Extensions">The supported extensions of the protocol: none.</param>
internal sealed record ServerMetadataResponse(string Name, string Version, IReadOnlyList<string> Extensions)
{
    public static ServerMetadataResponse Instance { get; } = new(
        "RnnService", typeof(ServerMetadataResponse).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, []);
}
