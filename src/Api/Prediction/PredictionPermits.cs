using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using RnnService.Api.Admission;

namespace RnnService.Api.Prediction;

/// <summary>The permits of requests whose images are expensive to read. A permit is taken before the expensive part of the body is read, and kept until the response is complete.</summary>
internal sealed class PredictionPermits : IDisposable
{
    private readonly PermitPool fits;
    private readonly PermitPool fitMegabytes;
    private readonly PermitPool fitBatches;
    private readonly int maxRequestBytes;

    public PredictionPermits(IOptions<PredictionOptions> options, IMeterFactory meters)
    {
        PredictionOptions limits = options.Value;
        maxRequestBytes = limits.MaxRequestBytes;
        fits = new PermitPool(
            new PermitDescription("rnn.prediction.fits", "requests with one image to fit", limits.MaxConcurrentFits + limits.MaxQueuedFits, QueueLimit: 0, TimeSpan.FromSeconds(1)), meters);
        fitMegabytes = new PermitPool(
            new PermitDescription("rnn.prediction.fit_megabytes", "MiB of images to fit", limits.MaxFitMegabytes, QueueLimit: 0, TimeSpan.FromSeconds(1)), meters);
        fitBatches = new PermitPool(
            new PermitDescription("rnn.prediction.fit_batches", "requests with several images to fit", limits.MaxConcurrentFitBatches, QueueLimit: 0, TimeSpan.FromSeconds(5)), meters);
        Batches = new PermitPool(
            new PermitDescription("rnn.prediction.batches", "requests with several images", limits.MaxConcurrentBatches, QueueLimit: 0, TimeSpan.FromSeconds(1)), meters);
    }

    /// <summary>Requests with several images or tensors.</summary>
    public PermitPool Batches { get; }

    /// <summary>The permit of a request with one image, if it has to be fitted. It counts from the upload on, with the size of the body, because a whole file is in memory.</summary>
    public FitPermit ForImage(HttpContext http)
    {
        DataRates.RequireMinimumUpload(http);
        return new FitPermit(http, fits, fitMegabytes, maxRequestBytes);
    }

    /// <summary>
    /// The permit of a request with several images, if any has to be fitted. Their number is unknown until the body is read, so each request counts as the most that it can have:
    /// a request that has its permit is never refused after the work. One file at a time is in memory.
    /// </summary>
    public FitPermit ForBatch(HttpContext http) => new(http, fitBatches, megabytes: null, maxRequestBytes);

    public void Dispose()
    {
        fits.Dispose();
        fitMegabytes.Dispose();
        fitBatches.Dispose();
        Batches.Dispose();
    }
}
