using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RnnService.Testing;

namespace RnnService.Api.Tests.Hosting;

/// <summary>Settings with which the service cannot start.</summary>
public sealed class SettingsErrorTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("Prediction:QueueLimt", "5", "Prediction:QueueLimt is not a setting. Did you mean Prediction:QueueLimit?")]
    [InlineData("predicton:queuelimit", "5", "predicton:queuelimit is not a setting. Did you mean Prediction:QueueLimit?")]
    [InlineData("Training:Epochs", "5", "Training:Epochs is not a setting. The settings of Training are ")]
    [InlineData("Datasets:mine:Folder", "/tmp", "Datasets:mine:Folder is not a setting. The settings of Datasets:mine are Directory.")]
    [InlineData("Security:AllowedOrigin:0", "http://a", "Security:AllowedOrigin:0 is not a setting. Did you mean Security:AllowedOrigins:0?")]
    [InlineData("Security:AllowedOrigins", "http://a", "Security:AllowedOrigins is 'http://a', but it is a list or a group: set values below it, such as Security:AllowedOrigins:0.")]
    [InlineData("Security:AllowedOrigins:0", "*", "Security:AllowedOrigins:0 must be an origin such as https://app.example.com, with the scheme and without a path, not '*'.")]
    [InlineData("Security:AllowedOrigins:0", "https://a.example/", "Security:AllowedOrigins:0 must be an origin")]
    [InlineData("Security:AllowedOrigins:0", "a.example", "Security:AllowedOrigins:0 must be an origin")]
    [InlineData("AllowedHost", "a", "AllowedHost is not a setting. Did you mean AllowedHosts?")]
    [InlineData("AllowedHosts", "localhost:5000", "AllowedHosts must be host names without scheme and port, separated by semicolons, such as localhost;digits.example.com, not 'localhost:5000'.")]
    [InlineData("AllowedHosts", "http://a.example", "AllowedHosts must be host names")]
    [InlineData("Loging:LogLevel:Default", "Debug", "Loging:LogLevel:Default is not a setting. Did you mean Logging:LogLevel:Default?")]
    [InlineData("port", "80", "port is not a setting.")]
    [InlineData("Training:QueueLimit:x", "80", "RnnService cannot start. Training:QueueLimit:x is not a setting.")]
    [InlineData("Security:AllowedOrigins:0:x", "80", "RnnService cannot start. Security:AllowedOrigins:0:x is not a setting.")]
    [InlineData("Service:Roles", "api,trainer", "Service:Roles must be api, worker, or api,worker, not 'api,trainer'.")]
    [InlineData("Service:Roles", "", "Service:Roles must be api, worker, or api,worker, not ''.")]
    [InlineData("Service:Roles", "worker", "Service:Roles is 'worker', but only one process can use the embedded database, and it must have both roles. Remove the setting, or set ConnectionStrings:Postgres")]
    [InlineData("Service:Role", "api", "Service:Role is not a setting. Did you mean Service:Roles?")]
    [InlineData("Worker:Concurrency", "0", "Worker:Concurrency must be from 1 to 64.")]
    public async Task An_unknown_or_invalid_setting_on_the_command_line_is_named(string key, string value, string message) =>
        await AssertCannotStartAsync([.. StartupErrors.FreePort, $"--{key}={value}"], message);

    [Fact]
    public async Task Unknown_settings_in_environment_variables_are_named_but_not_other_programs_variables()
    {
        Dictionary<string, string> environment = new()
        {
            ["Training__QueueLimits"] = "5",
            ["Trainig__QueueLimit"] = "5",
            ["MODEL__MAXCONCURRENTDOWNLOADS"] = "5",
            ["Loging__LogLevel__Default"] = "Debug",
            ["URL"] = "http://a", // no section
            ["Train"] = "5", // no section
            ["Tracing__Level"] = "5", // two edits
            ["Payment__Storages"] = "5", // another section
        };

        string output = await StartupErrors.AssertAsync(
            directory.Path,
            StartupErrors.FreePort,
            environment,
            "Training:QueueLimits is not a setting. Did you mean Training:QueueLimit?",
            "Trainig:QueueLimit is not a setting. Did you mean Training:QueueLimit?",
            "MODEL:MAXCONCURRENTDOWNLOADS is not a setting. Did you mean Models:MaxConcurrentDownloads?",
            "Loging:LogLevel:Default is not a setting. Did you mean Logging:LogLevel:Default?");

        Assert.Equal(5, output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task All_errors_are_reported_at_once_each_on_its_line()
    {
        string two = InvalidDataset("two");
        string three = InvalidDataset("three");

        string output = await AssertCannotStartAsync(
            [
                .. StartupErrors.FreePort, "--Prediction:QueueLimt=5", "--Prediction:MaxWait=soon", "--Prediction:MaxBatch=0", "--Prediction:LoadedModels=0", "--Training:QueueLimit=many", "--Storage:MaxMegabytes=0",
                "--Security:AllowedOrigins:0=a", "--AllowedHosts=a:1", "--Datasets:one:Directory=", $"--Datasets:two:Directory={two}", $"--Datasets:three:Directory={three}", "--epochs=5",
            ]);

        string[] expected =
        [
            "Prediction:QueueLimt is not a setting.",
            "Failed to convert configuration value 'soon' at 'Prediction:MaxWait'",
            "Prediction:MaxBatch must be from 1 to 1024.",
            "Prediction:LoadedModels must be from 1 to 100.",
            "Failed to convert configuration value 'many' at 'Training:QueueLimit'",
            "Storage:MaxMegabytes must be from 1 to 16777216.",
            "Security:AllowedOrigins:0 must be an origin",
            "AllowedHosts must be host names",
            "Datasets:one:Directory is missing.",
            $"{two}/train-images-idx3-ubyte: it has 7 bytes",
            $"{three}/train-images-idx3-ubyte: it has 7 bytes",
            "epochs is not a setting.",
        ];
        string[] lines = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("RnnService cannot start.", lines[0]);
        Assert.All(expected, start => Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, lines.Length - 1);
    }

    /// <summary>Replaces the framework's validator, because its own exceptions are all of one type. Other tests may write to the same output meanwhile.</summary>
    [Fact]
    public void A_fault_of_a_validator_is_reported_with_the_errors_that_were_found()
    {
        TextWriter standard = Console.Error;
        using StringWriter output = new();
        Console.SetError(TextWriter.Synchronized(output));
        try
        {
            using WebApplicationFactory<Program> service = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
                .UseSetting("Storage:Directory", directory.Path)
                .ConfigureTestServices(services => services.AddSingleton<IStartupValidator, FaultyValidator>()));

            Assert.ThrowsAny<Exception>(service.CreateClient);
        }
        finally
        {
            Console.SetError(standard);
        }

        Assert.Contains("The limit must be 1.", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"The settings could not be checked: {typeof(FormatException)}: no number", output.ToString(), StringComparison.Ordinal);
    }

    private string InvalidDataset(string name)
    {
        string path = directory.File(name);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "train-images-idx3-ubyte"), "garbage");
        return path;
    }

    private Task<string> AssertCannotStartAsync(IEnumerable<string> arguments, params string[] messages) =>
        StartupErrors.AssertAsync(directory.Path, arguments, new Dictionary<string, string>(), messages);

    private sealed class FaultyValidator : IStartupValidator
    {
        public void Validate() => throw new AggregateException(new OptionsValidationException("", typeof(object), ["The limit must be 1."]), new FormatException("no number"));
    }
}
