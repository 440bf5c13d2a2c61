using System.Net;

namespace RnnService.Api.Tests;

/// <summary>The body of a request that is sent only when the test says so.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly HttpContent content;
    private readonly TaskCompletionSource requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldContent(HttpContent content)
    {
        this.content = content;
        Headers.ContentType = content.Headers.ContentType;
    }

    /// <summary>Completes when the body is to be sent.</summary>
    public Task Requested => requested.Task;

    public void Send() => released.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        requested.SetResult();
        await released.Task;
        await content.CopyToAsync(stream, context);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        content.Dispose();
        base.Dispose(disposing);
    }
}
