using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace RnnService.Model.Training;

/// <summary>Identifies the settings that determine the result of training, so that a checkpoint written with different settings can be rejected.</summary>
internal static class TrainingFingerprint
{
    private static readonly TrainingSettings Defaults = new();

    // The preset only supplies the other settings.
    private static readonly PropertyInfo[] Deciding =
        [.. typeof(TrainingSettings).GetProperties().Where(property => property.CanWrite && property.Name != nameof(TrainingSettings.Preset)).OrderBy(property => property.Name, StringComparer.Ordinal)];

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of the settings that differ from their defaults. If a later version adds a setting whose default has no
    /// effect, existing fingerprints remain valid.
    /// </summary>
    public static string Of(TrainingSettings settings)
    {
        StringBuilder text = new();
        foreach (PropertyInfo property in Deciding)
        {
            object? value = property.GetValue(settings);
            if (!Equals(value, property.GetValue(Defaults)))
            {
                text.Append(CultureInfo.InvariantCulture, $"{property.Name}={value}\n");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
