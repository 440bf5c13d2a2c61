using System.Globalization;
using RnnService.Api.Models;

namespace RnnService.Api.OpenInference;

/// <summary>Exposes the trained models as versions of a single model of the protocol.</summary>
internal sealed class ServedModels(ModelRegistry registry, ModelSelection selection)
{
    public const string Name = "digits";

    /// <summary>Finds a version of the model; null for the active one.</summary>
    /// <exception cref="ServedModelNotFoundException">The model or version does not exist.</exception>
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
            && await selection.FindAsync(number, cancellation) is ModelVersion model
            ? model
            : throw new ServedModelNotFoundException(name, version);
    }

    public async Task<IReadOnlyList<string>> ListVersionsAsync(CancellationToken cancellation) =>
        [.. (await registry.ListNumbersAsync(cancellation)).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
