namespace RnnService.Cluster.Tests;

/// <summary>Tests that start many processes at once, or send requests without a pause: beside them, others would not end within their time limits.</summary>
[CollectionDefinition(nameof(UsesAllCores), DisableParallelization = true)]
public sealed class UsesAllCores;
