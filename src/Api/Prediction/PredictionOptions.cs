using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Prediction;

/// <summary>Settings under <c>Prediction</c>.</summary>
internal sealed class PredictionOptions
{
    public const string Section = "Prediction";

    private const string RangeFault = Section + ":{0} must be from {1} to {2}.";

    /// <summary>How many images go through the network at once. 1 to 1,024; 32 by default.</summary>
    [Range(1, 1024, ErrorMessage = RangeFault)]
    public int MaxBatch { get; init; } = 32;

    /// <summary>How many images may wait. 1 to 100,000; 256 by default.</summary>
    [Range(1, 100_000, ErrorMessage = RangeFault)]
    public int QueueLimit { get; init; } = 256;

    /// <summary>How large a request may be, in bytes. 1,024 to 16,777,216; 1,048,576 by default.</summary>
    [Range(1024, 16 * 1024 * 1024, ErrorMessage = RangeFault)]
    public int MaxRequestBytes { get; init; } = 1024 * 1024;
}
