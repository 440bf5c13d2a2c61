using System.Runtime.Intrinsics;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const string LoadAverage = "/proc/loadavg";

    /// <summary>
    /// Cores, vector width, and on Linux how many processes wanted a core in the minute before. Where that is more than a few tenths, others ran meanwhile and
    /// no figure is worth keeping: libtorch's threads wait for each other at the end of every product.
    /// </summary>
    public static string Describe()
    {
        string load = File.Exists(LoadAverage) ? $", load average before {File.ReadAllText(LoadAverage).Split(' ')[0]}" : "";
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{Environment.ProcessorCount} cores, vectors of {bits} bits{load}.\n";
    }
}
