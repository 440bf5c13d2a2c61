using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Prediction;

/// <summary>Settings under <c>Prediction</c>.</summary>
internal sealed class PredictionOptions
{
    public const string Section = "Prediction";

    private const string RangeError = Section + ":{0} must be from {1} to {2}.";

    /// <summary>The maximum number of images in one forward pass. 1 to 1,024; 32 by default.</summary>
    [Range(1, 1024, ErrorMessage = RangeError)]
    public int MaxBatch { get; init; } = 32;

    /// <summary>How long a batch waits for more images after the first one. 0 to 1 s; 0 by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ErrorMessage = RangeError)]
    public TimeSpan MaxWait { get; init; }

    /// <summary>The maximum number of queued images. 1 to 100,000; 256 by default.</summary>
    [Range(1, 100_000, ErrorMessage = RangeError)]
    public int QueueLimit { get; init; } = 256;

    /// <summary>The maximum size of an image, in bytes. 1,024 to 20,000,000, which is the default.</summary>
    [Range(1024, 20_000_000, ErrorMessage = RangeError)]
    public int MaxRequestBytes { get; init; } = 20_000_000;

    /// <summary>The maximum size of a request with several images or tensors, in bytes. 1,024 to 268,435,456; 67,108,864 by default.</summary>
    [Range(1024, 256 * 1024 * 1024, ErrorMessage = RangeError)]
    public int MaxBatchRequestBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The largest number of images, other than 28×28 PNGs, that are decoded at the same time. 1 to 256; by default the number of processor cores.</summary>
    [Range(1, 256, ErrorMessage = RangeError)]
    public int MaxConcurrentFits { get; init; } = Environment.ProcessorCount;

    /// <summary>The maximum number of requests with one image to fit in progress, including their upload, beyond those that are decoded. 0 to 10,000; 32 by default.</summary>
    [Range(0, 10_000, ErrorMessage = RangeError)]
    public int MaxQueuedFits { get; init; } = 32;

    /// <summary>The maximum total size of these requests, in MiB: their files are in memory. 1 to 65,536; 256 by default.</summary>
    [Range(1, 65_536, ErrorMessage = RangeError)]
    public int MaxFitMegabytes { get; init; } = 256;

    /// <summary>
    /// The maximum number of requests with several images in progress of which any is fitted. Each has up to 256 images, so it limits the number of accepted images as well. 1 to
    /// 10,000; by default the number of processor cores.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = RangeError)]
    public int MaxConcurrentFitBatches { get; init; } = Environment.ProcessorCount;

    /// <summary>The largest number of requests with several images or tensors at the same time. 1 to 10,000; 128 by default.</summary>
    [Range(1, 10_000, ErrorMessage = RangeError)]
    public int MaxConcurrentBatches { get; init; } = 128;
}
