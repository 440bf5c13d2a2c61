using System.Net;
using System.Net.Sockets;
using RnnService.Testing;

namespace RnnService.Api.Tests.Hosting;

/// <summary>Addresses, certificates and data directories with which the service cannot start.</summary>
public sealed class StartupErrorTests : IDisposable
{

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("http://localhost:99999")]
    public async Task An_address_that_is_none_is_named(string urls) =>
        await AssertCannotStartAsync(["--urls", urls], $"urls must be addresses separated by semicolons, such as http://localhost:5000, not '{urls}'.");

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
        string output = await StartupErrors.AssertAsync(
            directory.Path,
            ["--urls", "https://127.0.0.1:0"],
            new Dictionary<string, string> { ["HOME"] = directory.Path },
            "RnnService cannot start. It cannot listen on https://127.0.0.1:0: Unable to configure HTTPS endpoint. No server certificate was specified, and the default developer certificate could not be found",
            "For HTTPS, set Kestrel:Certificates:Default:Path and Kestrel:Certificates:Default:Password to a certificate. Set urls to addresses such as http://localhost:5000.");

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

        string output = await AssertCannotStartAsync(StartupErrors.FreePort, $"The data directory {directory.Path} is not writable: ", "Set Storage:Directory to a writable directory.");

        Assert.DoesNotContain("in use", output, StringComparison.Ordinal);
    }

    /// <summary>Needs the right to mount a file system in a namespace of its own, which ends with the process. Without it, nothing is tested.</summary>
    [Fact]
    public async Task A_full_disk_is_named()
    {
        string[] shell = ["-rm", "sh", "-c", "mount -t tmpfs -o nr_inodes=1 tmpfs \"$0\" || exit 99; \"$@\" 2>&1", directory.Path];
        string[] command = [DotnetCommand.Executable, ServiceProcess.Program, .. StartupErrors.FreePort, $"--Storage:Directory={directory.Path}"];
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

    private Task<string> AssertCannotStartAsync(IEnumerable<string> arguments, params string[] messages) =>
        StartupErrors.AssertAsync(directory.Path, arguments, new Dictionary<string, string>(), messages);
}
