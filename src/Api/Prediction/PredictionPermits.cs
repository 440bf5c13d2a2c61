using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using RnnService.Api.Admission;

namespace RnnService.Api.Prediction;

/// <summary>The permits of requests whose images are expensive to read. A permit is taken before the body is read, and kept until the response is complete.</summary>
internal sealed class PredictionPermits : IDisposable
{
    public PredictionPermits(IOptions<PredictionOptions> options, IMeterFactory meters)
    {
        PredictionOptions limits = options.Value;
        Fits = new PermitPool(
            new PermitDescription("rnn.prediction.fits", "requests with one image and fit=true", limits.MaxConcurrentFits + limits.MaxQueuedFits, QueueLimit: 0, TimeSpan.FromSeconds(1)), meters);
        FitBatches = new PermitPool(
            new PermitDescription("rnn.prediction.fit_batches", "requests with several images and fit=true", limits.MaxConcurrentFitBatches, QueueLimit: 0, TimeSpan.FromSeconds(5)), meters);
        Batches = new PermitPool(
            new PermitDescription("rnn.prediction.batches", "requests with several images", limits.MaxConcurrentBatches, QueueLimit: 0, TimeSpan.FromSeconds(1)), meters);
    }

    /// <summary>Requests with one image of any size: those that are decoded, and those that wait.</summary>
    public PermitPool Fits { get; }

    /// <summary>
    /// Requests with several images of any size. The number of images is unknown until the body is read, so each request counts as the most that it can have: a request that is
    /// accepted is never refused halfway, after the work.
    /// </summary>
    public PermitPool FitBatches { get; }

    /// <summary>Requests with several images or tensors.</summary>
    public PermitPool Batches { get; }

    public void Dispose()
    {
        Fits.Dispose();
        FitBatches.Dispose();
        Batches.Dispose();
    }
}
