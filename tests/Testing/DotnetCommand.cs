using System.Diagnostics;

namespace RnnService.Testing;

/// <summary>Runs the dotnet command and captures its output.</summary>
public static class DotnetCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static string Executable { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? FindOnPath();

    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("MSBUILDEXTENSIONSPATH");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = new(Limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} has not exited after {Limit}: {await output}{await error}");
        }

        return (process.ExitCode, await output + await error);
    }

    private static string FindOnPath()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        return Environment.GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, name))
            .First(File.Exists);
    }
}
