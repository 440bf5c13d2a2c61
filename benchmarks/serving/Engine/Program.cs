// Compares our compiled network, in process, with ONNX Runtime on the model.onnx of the same network. They take turns within each round.
using RnnService.Benchmarks.Engine;
using RnnService.Benchmarks.Training.CommandLine;

try
{
    Options options = new(args);
    int rounds = options.Count("rounds", 7);
    int milliseconds = options.Count("milliseconds", 1000);
    options.ThrowIfAnyUnused();
    EngineReport.Print(rounds, TimeSpan.FromMilliseconds(milliseconds));
    return 0;
}
catch (UsageException e)
{
    Console.Error.WriteLine($"{e.Message}\n\nUsage: dotnet run --project benchmarks/serving/Engine -c Release -- [--rounds 7] [--milliseconds 1000]");
    return 2;
}
