using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>
/// Runs the BenchmarkDotNet classes of this assembly in this process: a project that BenchmarkDotNet generates and builds would find neither
/// the repository's central package versions nor the patched native library of TorchSharp.
/// </summary>
internal static class KernelBenchmarks
{
    /// <param name="options">The options of BenchmarkDotNet.</param>
    public static void Run(string[] options)
    {
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "kernels"));
        BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmarks).Assembly).Run(options, config);
    }
}
