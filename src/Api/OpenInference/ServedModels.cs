using System.Globalization;
using RnnService.Api.Models;

namespace RnnService.Api.OpenInference;

/// <summary>The one model that the protocol sees, and the trained networks as its versions.</summary>
internal sealed class ServedModels(ModelRegistry registry)
{
    public const string Name = "digits";

    /// <summary>A version; null for whichever serves.</summary>
    /// <exception cref="ServedModelNotFoundException">There is no such model, or no such version.</exception>
    public async Task<ModelVersion?> FindAsync(string name, string? version, CancellationToken cancellation)
    {
        if (name != Name)
        {
            throw new ServedModelNotFoundException(name);
        }

        if (version is null)
        {
            return null;
        }

        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && await registry.FindAsync(number, cancellation) is ModelVersion model
            ? model
            : throw new ServedModelNotFoundException(name, version);
    }

    public async Task<IReadOnlyList<string>> ListVersionsAsync(CancellationToken cancellation) =>
        [.. (await registry.ListNumbersAsync(cancellation)).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
