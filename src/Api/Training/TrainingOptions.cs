using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Training;

/// <summary>Settings under <c>Training</c>.</summary>
internal sealed class TrainingOptions
{
    public const string Section = "Training";

    /// <summary>How many jobs may wait. 1 to 100,000; 1,000 by default.</summary>
    [Range(1, 100_000)]
    public int QueueLimit { get; init; } = 1000;
}
