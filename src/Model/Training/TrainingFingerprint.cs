using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace RnnService.Model.Training;

/// <summary>Identifies the settings that decide a training's result, so that a checkpoint can be refused by a training with others.</summary>
internal static class TrainingFingerprint
{
    private static readonly TrainingSettings Defaults = new();

    // A preset is only where the other settings come from.
    private static readonly PropertyInfo[] Deciding =
        [.. typeof(TrainingSettings).GetProperties().Where(property => property.CanWrite && property.Name != nameof(TrainingSettings.Preset)).OrderBy(property => property.Name, StringComparer.Ordinal)];

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of the settings that differ from their defaults. A setting that a later version adds, with a default that changes nothing, leaves
    /// fingerprints as they are.
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
