using System.Globalization;

// The runtime requires this name, without a namespace, in the assembly named by DOTNET_STARTUP_HOOKS, and calls Initialize before Main.
#pragma warning disable CA1050

/// <summary>
/// Samples the managed heap of a process: every second, appends a line of JSON to the file named by HEAP_SAMPLES.
/// Use only the base class library here: the hook runs inside another program.
/// </summary>
internal static class StartupHook
{
    private const string FileVariable = "HEAP_SAMPLES";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private static Timer? timer;

    /// <summary>Starts sampling if HEAP_SAMPLES is set.</summary>
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
