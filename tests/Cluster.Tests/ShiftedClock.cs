namespace RnnService.Cluster.Tests;

/// <summary>libfaketime, which shifts the clock of a process. If it is missing, the tests are skipped; <c>test.sh</c> installs it where possible.</summary>
internal static class ShiftedClock
{
    private const string Library = "faketime/libfaketimeMT.so.1";

    private static readonly string? Found = new[] { "/usr/lib", "/usr/lib64" }
        .Where(Directory.Exists)
        .SelectMany(directory => new[] { directory }.Concat(Directory.EnumerateDirectories(directory)))
        .Select(directory => Path.Combine(directory, Library))
        .FirstOrDefault(File.Exists);

    public static bool IsAvailable => Found is not null;

    public static void SkipIfMissing() => Assert.SkipUnless(IsAvailable, "libfaketime was not found. Install Debian's package libfaketime.");

    /// <summary>
    /// Returns a command that starts a process with a shifted clock. Its monotonic clock is shifted too, by the same constant: version 0.9.10 ends waits at once if only one of them is.
    /// </summary>
    public static string[] Command(TimeSpan shift, params string[] command) => ["env", $"LD_PRELOAD={Found}", $"FAKETIME={shift.TotalSeconds:+0;-0}s", .. command];
}
