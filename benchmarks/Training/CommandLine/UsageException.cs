namespace RnnService.Benchmarks.Training.CommandLine;

/// <summary>The command line asks for what there is not.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class UsageException(string message) : Exception(message);
