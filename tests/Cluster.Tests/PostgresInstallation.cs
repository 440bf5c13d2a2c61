using System.Diagnostics;

namespace RnnService.Cluster.Tests;

/// <summary>PostgreSQL's programs. If there are none, the tests are skipped; <c>test.sh</c> installs them where possible.</summary>
internal static class PostgresInstallation
{
    private const string User = "postgres";

    private static readonly string? Programs = new[] { Environment.GetEnvironmentVariable("POSTGRES_BIN") ?? "" }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Concat(Directories("/usr/lib/postgresql", "*/bin"))
        .Concat(Directories("/opt/homebrew/opt", "postgresql*/bin"))
        .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "postgres")));

    public static void SkipIfMissing() =>
        Assert.SkipWhen(Programs is null, "PostgreSQL was not found. Install it, or set the environment variable POSTGRES_BIN to the folder of its programs.");

    /// <summary>Starts a program. PostgreSQL refuses to run as root: it then runs as the user that its package created.</summary>
    public static Process Start(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs!, program), .. arguments];
        string[] all = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", .. command] : command;
        return Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Makes a folder belong to the user that runs the programs.</summary>
    public static async Task OwnAsync(string directory)
    {
        if (Environment.IsPrivilegedProcess)
        {
            using Process process = Process.Start("chown", [User, directory]);
            await process.WaitForExitAsync();
        }
    }

    private static IEnumerable<string> Directories(string parent, string pattern)
    {
        string[] parts = pattern.Split('/');
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, parts[0]).OrderDescending(StringComparer.Ordinal).Select(directory => Path.Combine(directory, parts[1]))
            : [];
    }
}
