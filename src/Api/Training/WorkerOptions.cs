using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Training;

/// <summary>Settings under <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>How many jobs this process trains at the same time. One training uses all cores. 1 to 64; 1 by default.</summary>
    [Range(1, 64, ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public int Concurrency { get; init; } = 1;
}
