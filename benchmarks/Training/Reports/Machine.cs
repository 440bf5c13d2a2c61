using System.Runtime.Intrinsics;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>The machine that runs the benchmark.</summary>
internal static class Machine
{
    private const string LoadAverage = "/proc/loadavg";

    /// <summary>
    /// Returns the number of cores, the vector width, and on Linux the load average of the last minute. Discard results if the load average exceeds a few tenths:
    /// libtorch's threads wait for each other at the end of every product, so other processes distort all measurements.
    /// </summary>
    public static string Describe()
    {
        string load = File.Exists(LoadAverage) ? $", load average before {File.ReadAllText(LoadAverage).Split(' ')[0]}" : "";
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{Environment.ProcessorCount} cores, vectors of {bits} bits{load}.\n";
    }
}
