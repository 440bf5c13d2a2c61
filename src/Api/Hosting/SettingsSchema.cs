using System.Collections;
using System.ComponentModel;
using System.Reflection;

namespace RnnService.Api.Hosting;

/// <summary>
/// The settings that exist, as a tree of names. It follows from the options classes, each with the constant <c>Section</c>: a list would have to be kept
/// up to date.
/// </summary>
internal sealed class SettingsSchema
{
    private readonly Dictionary<string, SettingsSchema> named = new(StringComparer.OrdinalIgnoreCase);
    private SettingsSchema? any;

    /// <summary>The type of the value; null for a group of settings.</summary>
    public Type? ValueType { get; private init; }

    /// <summary>Whether any setting below is accepted: the framework reads it.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>The names of the settings and groups directly below.</summary>
    public IEnumerable<string> Names => named.Keys;

    /// <summary>The sections of the assembly's options classes and the framework's settings.</summary>
    public static SettingsSchema Of(Assembly assembly, IEnumerable<string> frameworkValues, IEnumerable<string> frameworkSections)
    {
        SettingsSchema root = new();
        foreach (Type options in assembly.GetTypes())
        {
            if (options.GetField("Section", BindingFlags.Static | BindingFlags.Public)?.GetRawConstantValue() is string section)
            {
                root.Merge(section, Of(options));
            }
        }

        foreach (string value in frameworkValues)
        {
            root.Merge(value, new SettingsSchema { ValueType = typeof(string) });
        }

        foreach (string section in frameworkSections)
        {
            root.Merge(section, new SettingsSchema { IsOpen = true });
        }

        return root;
    }

    public SettingsSchema? Find(string name) => named.GetValueOrDefault(name) ?? any;

    private static SettingsSchema Of(Type type)
    {
        if (type == typeof(string))
        {
            return new SettingsSchema { ValueType = type };
        }

        if (type.IsAssignableTo(typeof(IEnumerable)))
        {
            // A dictionary has names of the user's choice below it, and a list has indexes.
            Type[] items = new[] { type }.Concat(type.GetInterfaces()).First(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments();
            Type item = items[0].IsGenericType && items[0].GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? items[0].GetGenericArguments()[1] : items[0];
            return new SettingsSchema { any = Of(item) };
        }

        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            return new SettingsSchema { ValueType = type };
        }

        SettingsSchema group = new();
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite))
        {
            group.Merge(property.Name, Of(property.PropertyType));
        }

        return group;
    }

    private void Merge(string name, SettingsSchema added)
    {
        if (!named.TryGetValue(name, out SettingsSchema? existing))
        {
            named[name] = added;
            return;
        }

        // Several options classes can share a section.
        foreach ((string below, SettingsSchema schema) in added.named)
        {
            existing.Merge(below, schema);
        }
    }
}
