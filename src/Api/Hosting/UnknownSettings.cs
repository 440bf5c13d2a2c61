using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;
using RnnService.Api.Http;

namespace RnnService.Api.Hosting;

/// <summary>
/// Finds settings that do not exist: in the service's sections wherever they are set, and at the top level on the command line and in JSON files.
/// Environment variables there belong to other programs, unless the name of their section differs from one of the service's by a typing error.
/// </summary>
internal sealed class UnknownSettings(IConfigurationRoot configuration, SettingsSchema schema)
{
    private readonly Dictionary<string, string> errors = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Type> values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The known settings that have a value, with their types.</summary>
    public IReadOnlyDictionary<string, Type> Values => values;

    /// <summary>Returns an error for each unknown setting.</summary>
    public IEnumerable<string> Find()
    {
        foreach (IConfigurationProvider provider in configuration.Providers)
        {
            Visit(provider, schema, path: null);
        }

        return errors.Values;
    }

    private void Visit(IConfigurationProvider provider, SettingsSchema node, string? path)
    {
        foreach (string name in Below(provider, path))
        {
            string key = path is null ? name : ConfigurationPath.Combine(path, name);
            SettingsSchema? known = node.Find(name);
            if (known is null)
            {
                if (path is not null || provider is CommandLineConfigurationProvider or JsonConfigurationProvider || IsMisspeltSection(provider, name))
                {
                    Report(provider, key);
                }
            }
            else if (!known.IsOpen)
            {
                VisitKnown(provider, known, key, isTopLevel: path is null);
            }
        }
    }

    /// <summary>Whether the key has settings below it, and its name is one edit from that of a section. With more edits, other programs' variables would prevent the start.</summary>
    private bool IsMisspeltSection(IConfigurationProvider provider, string name) =>
        Below(provider, name).Any() && NearestName.Find(name, schema.Names.Where(known => schema.Find(known)!.ValueType is null), maxEdits: 1) is not null;

    private void VisitKnown(IConfigurationProvider provider, SettingsSchema known, string key, bool isTopLevel)
    {
        if (known.ValueType is not null)
        {
            values[key] = known.ValueType;
        }
        else if (!isTopLevel && provider.TryGet(key, out string? text) && !string.IsNullOrEmpty(text))
        {
            errors[key] = $"{key} is '{text}', but it is a list or a group: set values below it, such as {key}:{known.Names.FirstOrDefault("0")}.";
        }

        Visit(provider, known, key);
    }

    private void Report(IConfigurationProvider provider, string key)
    {
        string[] below = [.. Below(provider, key)];
        foreach (string name in below)
        {
            Report(provider, ConfigurationPath.Combine(key, name));
        }

        if (below.Length == 0)
        {
            errors[key] = $"{key} is not a setting.{Suggestion(key)}";
        }
    }

    private string Suggestion(string key)
    {
        string[] names = key.Split(ConfigurationPath.KeyDelimiter);
        SettingsSchema node = schema;
        for (int i = 0; i < names.Length; i++)
        {
            if (node.IsOpen)
            {
                break;
            }

            names[i] = node.Names.FirstOrDefault(name => name.Equals(names[i], StringComparison.OrdinalIgnoreCase)) ?? NearestName.Find(names[i], node.Names) ?? names[i];
            if (node.Find(names[i]) is not SettingsSchema known)
            {
                return i > 0 && node.Names.Any() ? $" The settings of {ConfigurationPath.Combine(names[..i])} are {string.Join(", ", node.Names)}." : "";
            }

            node = known;
        }

        return $" Did you mean {ConfigurationPath.Combine(names)}?";
    }

    private static IEnumerable<string> Below(IConfigurationProvider provider, string? path) => provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase);
}
