using RnnService.Benchmarks.Training.CommandLine;
using RnnService.Benchmarks.Training.Kernels;
using RnnService.Benchmarks.Training.Reports;

try
{
    switch (args)
    {
        case ["all"]:
            ThroughputReport.Print(new Options([]));
            TimeToAccuracyReport.Print(new Options([]));
            return 0;
        case ["throughput", .. string[] options]:
            ThroughputReport.Print(new Options(options));
            return 0;
        case ["time-to-accuracy", .. string[] options]:
            TimeToAccuracyReport.Print(new Options(options));
            return 0;
        case ["networks", .. string[] options]:
            NetworksReport.Print(new Options(options));
            return 0;
        case ["preset", string name, .. string[] options]:
            PresetReport.Print(name, new Options(options));
            return 0;
        case ["steps", .. string[] options]:
            StepsReport.Print(new Options(options));
            return 0;
        case ["kernels", .. string[] options]:
            KernelBenchmarks.Run(options);
            return 0;
        default:
            throw new UsageException("The command is missing or unknown.");
    }
}
catch (UsageException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Usage.Text}");
    return 2;
}
