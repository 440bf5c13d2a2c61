using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using RnnService.Api.Security;

namespace RnnService.Api.Hosting;

/// <summary>Checks all settings and reports all errors together.</summary>
internal sealed partial class SettingsValidator(IConfiguration configuration, IStartupValidator options)
{
    /// <summary>Settings of the framework. Their names are in its documentation.</summary>
    private static readonly string[] FrameworkValues =
    [
        AllowedHosts.Setting,
        WebHostDefaults.ApplicationKey,
        WebHostDefaults.CaptureStartupErrorsKey,
        WebHostDefaults.ContentRootKey,
        WebHostDefaults.DetailedErrorsKey,
        WebHostDefaults.EnvironmentKey,
        WebHostDefaults.HostingStartupAssembliesKey,
        WebHostDefaults.HostingStartupExcludeAssembliesKey,
        WebHostDefaults.HttpPortsKey,
        WebHostDefaults.HttpsPortsKey,
        WebHostDefaults.PreferHostingUrlsKey,
        WebHostDefaults.PreventHostingStartupKey,
        WebHostDefaults.ServerUrlsKey,
        WebHostDefaults.ShutdownTimeoutKey,
        WebHostDefaults.StartupAssemblyKey,
        WebHostDefaults.StaticWebAssetsKey,
        WebHostDefaults.SuppressStatusMessagesKey,
        WebHostDefaults.WebRootKey,
        "ForwardedHeaders_Enabled",
    ];

    private static readonly string[] FrameworkSections = ["Logging", "Kestrel", "hostBuilder"];

    public IReadOnlyList<string> Validate()
    {
        UnknownSettings settings = new((IConfigurationRoot)configuration, SettingsSchema.Of(typeof(Program).Assembly, FrameworkValues, FrameworkSections));
        List<string> errors = [.. settings.Find()];
        HashSet<string> unreadable = [];
        foreach ((string key, Type type) in settings.Values.Where(setting => configuration[setting.Key] is not null))
        {
            try
            {
                configuration.GetSection(key).Get(type);
            }
            catch (InvalidOperationException e)
            {
                // A value of the wrong type, such as text for a number. The binder's message names the setting.
                errors.Add(e.Message);
                unreadable.Add(key);
            }
        }

        // Binding an options class stops at the first such value: without them, the other settings of the class are validated, too.
        foreach (string key in unreadable)
        {
            configuration[key] = null;
        }

        errors.AddRange(ValidateOptions().Where(error => !unreadable.Any(key => error.StartsWith($"{key} ", StringComparison.OrdinalIgnoreCase))));
        return errors;
    }

    private IEnumerable<string> ValidateOptions()
    {
        try
        {
            options.Validate();
            return [];
        }
        catch (AggregateException e)
        {
            return e.Flatten().InnerExceptions.SelectMany(Errors);
        }
        catch (Exception e)
        {
            return Errors(e);
        }
    }

    /// <summary>The errors in the settings. Any other exception is a fault of the code that binds or validates them, so its stack trace is part of the report.</summary>
    private static IEnumerable<string> Errors(Exception exception) =>
        exception is OptionsValidationException invalid ? invalid.Failures.Select(Shortened) : [$"The settings could not be checked: {exception}"];

    /// <summary>The sentence of a validation attribute, which has the setting's full name, without what the framework puts around it.</summary>
    private static string Shortened(string failure) => DataAnnotation().Match(failure) is { Success: true } match ? match.Groups[1].Value : failure;

    [GeneratedRegex("^DataAnnotation validation failed for .* with the error: '(.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex DataAnnotation();
}
