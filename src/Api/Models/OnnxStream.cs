using System.Threading.RateLimiting;

namespace RnnService.Api.Models;

/// <summary>An ONNX file as a stream for a download.</summary>
/// <param name="file">The file, which downloads of the same model share.</param>
/// <param name="content">Its content.</param>
/// <param name="permit">The permit of the download, which the stream disposes of.</param>
internal sealed class OnnxStream(Task<byte[]> file, byte[] content, RateLimitLease permit) : MemoryStream(content, writable: false)
{
    protected override void Dispose(bool disposing)
    {
        // As long as a download is in progress, others find the file by its weak reference.
        GC.KeepAlive(file);
        permit.Dispose();
        base.Dispose(disposing);
    }
}
