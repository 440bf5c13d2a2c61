using System.Globalization;

// The runtime looks for this very name, without a namespace, in the assembly that DOTNET_STARTUP_HOOKS names, and calls Initialize before Main.
#pragma warning disable CA1050

/// <summary>
/// Says what a process that was not built for it keeps on its managed heap: each second a line of JSON is appended to the file that HEAP_SAMPLES names.
/// Nothing but the class library may be used here: the hook lives in the process of a stranger.
/// </summary>
internal static class StartupHook
{
    private const string FileVariable = "HEAP_SAMPLES";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private static Timer? timer;

    /// <summary>Starts to sample, if there is a file to write to.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is string file)
        {
            timer = new Timer(_ => Sample(file), null, Period, Period);
        }
    }

    private static void Sample(string file)
    {
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"time\":{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()},\"heap\":{last.HeapSizeBytes},\"committed\":{last.TotalCommittedBytes},\"collections\":{last.Index}}}\n");
        File.AppendAllText(file, line);
    }
}
