using RnnService.Testing;

namespace RnnService.Api.Tests.Hosting;

internal static class StartupErrors
{
    public static IReadOnlyList<string> FreePort { get; } = ["--urls", "http://127.0.0.1:0"];

    /// <summary>Asserts that the service cannot start, that it prints messages but no stack trace, and returns its output.</summary>
    public static async Task<string> AssertAsync(string dataDirectory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, params string[] messages)
    {
        (int exitCode, string output) = await DotnetCommand.RunAsync([ServiceProcess.Program, $"--Storage:Directory={dataDirectory}", .. arguments], environment);

        Assert.Equal(1, exitCode);
        Assert.Contains("RnnService cannot start.", output, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Contains(message, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        return output;
    }
}
