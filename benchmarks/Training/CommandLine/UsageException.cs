namespace RnnService.Benchmarks.Training.CommandLine;

/// <summary>The command line is invalid.</summary>
/// <param name="message">What is wrong with the command line.</param>
internal sealed class UsageException(string message) : Exception(message);
