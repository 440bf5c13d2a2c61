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

    /// <summary>How long a batch waits for more images, from its first one on. 0 to 1 s; 0 by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ErrorMessage = RangeFault)]
    public TimeSpan MaxWait { get; init; }

    /// <summary>How many images may wait. 1 to 100,000; 256 by default.</summary>
    [Range(1, 100_000, ErrorMessage = RangeFault)]
    public int QueueLimit { get; init; } = 256;

    /// <summary>How large a request with one picture may be, in bytes. 1,024 to 16,777,216; 1,048,576 by default.</summary>
    [Range(1024, 16 * 1024 * 1024, ErrorMessage = RangeFault)]
    public int MaxRequestBytes { get; init; } = 1024 * 1024;

    /// <summary>How large a request with many pictures may be, in bytes. 1,024 to 268,435,456; 16,777,216 by default.</summary>
    [Range(1024, 256 * 1024 * 1024, ErrorMessage = RangeFault)]
    public int MaxBatchRequestBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many models that do not serve are kept ready for those who ask them. 1 to 100; 4 by default.</summary>
    [Range(1, 100, ErrorMessage = RangeFault)]
    public int LoadedModels { get; init; } = 4;
}
