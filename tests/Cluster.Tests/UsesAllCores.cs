namespace RnnService.Cluster.Tests;

/// <summary>Tests that start many processes at once, or send requests without a pause. Other tests could exceed their time limits if they ran at the same time.</summary>
[CollectionDefinition(nameof(UsesAllCores), DisableParallelization = true)]
public sealed class UsesAllCores;
