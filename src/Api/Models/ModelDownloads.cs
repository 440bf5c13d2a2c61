using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RnnService.Api.Admission;
using RnnService.Model.Onnx;

namespace RnnService.Api.Models;

/// <summary>
/// Opens the files of models for downloads, and limits their number. Weights are streamed from the database. An ONNX file is created in memory, once for all concurrent
/// downloads of the model.
/// </summary>
internal sealed class ModelDownloads : IDisposable
{
    private readonly StoredWeights weights;
    private readonly ModelLoader loader;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, WeakReference<Task<byte[]>>> onnxFiles = [];

    public ModelDownloads(StoredWeights weights, ModelLoader loader, IOptions<DownloadOptions> options, IMeterFactory meters)
    {
        this.weights = weights;
        this.loader = loader;
        Permits = new PermitPool(
            new PermitDescription("rnn.models.downloads", "downloads", options.Value.MaxConcurrentDownloads, QueueLimit: 0, TimeSpan.FromSeconds(5)), meters);
    }

    /// <summary>The permits of downloads.</summary>
    public PermitPool Permits { get; }

    /// <summary>Opens the weights. The returned stream takes a permit, and verifies the weights, when it is read.</summary>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    public async Task<Stream> OpenWeightsAsync(ModelVersion model, CancellationToken cancellation) =>
        new WeightsStream(weights, model, await weights.GetLengthAsync(model, cancellation), Permits);

    /// <summary>Opens the ONNX file.</summary>
    /// <exception cref="NoPermitException">Too many files are being downloaded.</exception>
    /// <exception cref="ModelNotFoundException">The model was deleted in the meantime.</exception>
    /// <exception cref="ModelDamagedException">The model is damaged.</exception>
    public async Task<Stream> OpenOnnxAsync(ModelVersion model, CancellationToken cancellation)
    {
        RateLimitLease permit = Permits.TryTake() ?? throw Permits.Refusal();
        Task<byte[]> file = ShareOnnx(model);
        try
        {
            return new OnnxStream(file, await file.WaitAsync(cancellation), permit);
        }
        catch
        {
            // The file is created even if the client disconnects: the work keeps its permit.
            _ = file.ContinueWith(_ => permit.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    public void Dispose() => Permits.Dispose();

    private Task<byte[]> ShareOnnx(ModelVersion model)
    {
        lock (gate)
        {
            if (onnxFiles.TryGetValue(model.Id, out WeakReference<Task<byte[]>>? shared) && shared.TryGetTarget(out Task<byte[]>? file) && !file.IsFaulted)
            {
                return file;
            }

            foreach (Guid unused in onnxFiles.Where(entry => !entry.Value.TryGetTarget(out _)).Select(entry => entry.Key).ToList())
            {
                onnxFiles.Remove(unused);
            }

            file = Task.Run(async () => OnnxModelWriter.Write(await loader.ReadAsync(model, CancellationToken.None)));
            onnxFiles[model.Id] = new WeakReference<Task<byte[]>>(file);
            return file;
        }
    }
}
