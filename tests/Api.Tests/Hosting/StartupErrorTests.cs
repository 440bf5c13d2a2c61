using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RnnService.Testing;

namespace RnnService.Api.Tests.Hosting;

public sealed class StartupErrorTests : IDisposable
{
    private static readonly string[] FreePort = ["--urls", "http://127.0.0.1:0"];

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
    public async Task An_unknown_or_invalid_setting_on_the_command_line_is_named(string key, string value, string message) =>
        await AssertCannotStartAsync([.. FreePort, $"--{key}={value}"], message);

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("http://localhost:99999")]
    public async Task So_is_an_address_that_is_none(string urls) =>
        await AssertCannotStartAsync(["--urls", urls], $"urls must be addresses separated by semicolons, such as http://localhost:5000, not '{urls}'.");

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

        string output = await AssertCannotStartAsync(
            FreePort,
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
                .. FreePort, "--Prediction:QueueLimt=5", "--Prediction:MaxWait=soon", "--Prediction:MaxBatch=0", "--Prediction:LoadedModels=0", "--Training:QueueLimit=many", "--Storage:MaxMegabytes=0",
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

    [Fact]
    public async Task A_busy_port_is_named_without_a_stack_trace()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string address = $"http://{other.LocalEndpoint}";

        string output = await AssertCannotStartAsync(["--urls", address], $"RnnService cannot start. Failed to bind to address {address}: address already in use. Stop the process that uses it, or set urls to another address.");

        Assert.DoesNotContain("fail:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_is_an_address_of_another_machine() =>
        await AssertCannotStartAsync(["--urls", "http://192.0.2.1:5000"], "RnnService cannot start. It cannot listen on http://192.0.2.1:5000: ");

    /// <summary>The home directory is an empty one, because a developer's may have a certificate (Linux and macOS).</summary>
    [Fact]
    public async Task So_is_an_https_address_without_a_certificate()
    {
        string output = await AssertCannotStartAsync(
            ["--urls", "https://127.0.0.1:0"],
            new Dictionary<string, string> { ["HOME"] = directory.Path },
            "RnnService cannot start. It cannot listen on https://127.0.0.1:0: Unable to configure HTTPS endpoint. No server certificate was specified, and the default developer certificate could not be found",
            "For HTTPS, set Kestrel:Certificates:Default:Path and Kestrel:Certificates:Default:Password to a certificate; otherwise, set urls to addresses such as http://localhost:5000.");

        Assert.DoesNotContain("fwlink", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", "/nowhere.pfx", "Could not find file '/nowhere.pfx'.")]
    [InlineData("https://127.0.0.1:0", "/proc/self/exe", "For HTTPS, set Kestrel:Certificates:Default:Path")]
    [InlineData("http://pipe:/digits", "", "Named pipes transport requires a Windows operating system.")]
    [InlineData("http://127.0.0.1:0/digits", "", "A path base can only be configured using IApplicationBuilder.UsePathBase().")]
    public async Task So_is_a_certificate_or_an_address_that_cannot_be_used(string urls, string certificate, string message) =>
        await AssertCannotStartAsync(["--urls", urls, $"--Kestrel:Certificates:Default:Path={certificate}"], $"It cannot listen on {urls}: ", message);

    [Fact]
    public async Task A_fault_of_the_data_directory_is_not_mistaken_for_another_service()
    {
        // A symbolic link to itself: opening it fails, but not because of a lock.
        File.CreateSymbolicLink(directory.File("rnn-service.lock"), directory.File("rnn-service.lock"));

        string output = await AssertCannotStartAsync(FreePort, $"The data directory {directory.Path} is not writable: ", "Set Storage:Directory to a writable directory.");

        Assert.DoesNotContain("in use", output, StringComparison.Ordinal);
    }

    /// <summary>Needs the right to mount a file system in a namespace of its own, which ends with the process. Without it, nothing is tested.</summary>
    [Fact]
    public async Task A_full_disk_is_named()
    {
        string[] shell = ["-rm", "sh", "-c", "mount -t tmpfs -o nr_inodes=1 tmpfs \"$0\" || exit 99; \"$@\" 2>&1", directory.Path];
        string[] command = [DotnetCommand.Executable, ServiceProcess.Program, .. FreePort, $"--Storage:Directory={directory.Path}"];
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("unshare", [.. shell, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (output.Length == 0)
        {
            TestContext.Current.SendDiagnosticMessage("The test of a full disk cannot mount a file system here.");
            return;
        }

        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"RnnService cannot start. The disk of the data directory {directory.Path} is full: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("in use", output, StringComparison.Ordinal);
    }

    private string InvalidDataset(string name)
    {
        string path = directory.File(name);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "train-images-idx3-ubyte"), "garbage");
        return path;
    }

    private Task<string> AssertCannotStartAsync(IEnumerable<string> arguments, params string[] messages) =>
        AssertCannotStartAsync(arguments, new Dictionary<string, string>(), messages);

    private async Task<string> AssertCannotStartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, params string[] messages)
    {
        (int exitCode, string output) = await DotnetCommand.RunAsync([ServiceProcess.Program, $"--Storage:Directory={directory.Path}", .. arguments], environment);

        Assert.Equal(1, exitCode);
        Assert.Contains("RnnService cannot start.", output, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Contains(message, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        return output;
    }

    private sealed class FaultyValidator : IStartupValidator
    {
        public void Validate() => throw new AggregateException(new OptionsValidationException("", typeof(object), ["The limit must be 1."]), new FormatException("no number"));
    }
}
