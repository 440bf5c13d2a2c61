using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>
/// Runs this assembly's BenchmarkDotNet classes. They run in this process: a project that BenchmarkDotNet generates and builds itself would neither find
/// this repository's central package versions nor the mended native library of TorchSharp.
/// </summary>
internal static class KernelBenchmarks
{
    /// <param name="options">BenchmarkDotNet's own.</param>
    public static void Run(string[] options)
    {
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "kernels"));
        BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmarks).Assembly).Run(options, config);
    }
}
