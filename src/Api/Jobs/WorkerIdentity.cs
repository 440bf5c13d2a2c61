using System.Security.Cryptography;

namespace RnnService.Api.Jobs;

/// <summary>Identifies this process and its machine in the attempts of a job.</summary>
internal sealed class WorkerIdentity
{
    public string Host { get; } = Environment.MachineName;

    /// <summary>Unique: process ids are reused, and in a container they are always the same.</summary>
    public string Name { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
}
