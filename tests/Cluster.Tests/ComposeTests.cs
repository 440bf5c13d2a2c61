using System.ComponentModel;
using System.Diagnostics;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

public class ComposeTests
{
    [Theory]
    [InlineData("docker-compose.yml", "api")]
    [InlineData("docker-compose.cluster.yml", "api", "postgres", "proxy", "worker")]
    public async Task Compose_files_are_valid_and_publish_on_loopback_only(string file, params string[] services)
    {
        string config = await ComposeAsync(file, "config");

        Assert.Equal(services, (await ComposeAsync(file, "config", "--services")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        string[] published = [.. config.Split('\n').Select(line => line.Trim()).Where(line => line.EndsWith(":8080/tcp", StringComparison.Ordinal))];
        Assert.Equal(["- 127.0.0.1:5000:8080/tcp"], published);
    }

    /// <summary>Runs Compose, which needs no Docker for this. If it is missing, the test is skipped; <c>test.sh</c> installs it where possible.</summary>
    private static async Task<string> ComposeAsync(string file, params string[] arguments)
    {
        ProcessStartInfo start = new("docker-compose", ["-f", Path.Combine(Repository.Root, file), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip("docker-compose was not found. Install it.");
        }

        using (process)
        {
            Task<string> errors = process!.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await errors);
            return output;
        }
    }
}
