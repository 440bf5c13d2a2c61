using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RnnService.Api.Tests;

/// <summary>A request whose body is sent in two parts, at the byte level: an HTTP client would wait with the response until its whole body is sent.</summary>
internal sealed class PartialUpload : IDisposable
{
    private readonly TcpClient client = new();
    private readonly byte[] body;
    private readonly int sent;

    private PartialUpload(byte[] body, int sent)
    {
        this.body = body;
        this.sent = sent;
    }

    private NetworkStream Stream => client.GetStream();

    /// <summary>Sends the head of a request and the first bytes of its body.</summary>
    public static async Task<PartialUpload> StartAsync(Uri service, string path, string contentType, byte[] body, int bytes)
    {
        PartialUpload upload = new(body, bytes);
        await upload.client.ConnectAsync(service.Host, service.Port);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {service.Authority}\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        await upload.Stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body.AsSpan(0, bytes)]);
        return upload;
    }

    /// <summary>Sends the rest of the body.</summary>
    public async Task SendRestAsync() => await Stream.WriteAsync(body.AsMemory(sent));

    /// <summary>Reads the head of the response: the status line and the headers.</summary>
    public async Task<string> ReadHeadAsync()
    {
        using StreamReader reader = new(Stream, Encoding.ASCII, leaveOpen: true);
        StringBuilder head = new();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            head.AppendLine(line);
        }

        return head.ToString();
    }

    public void Dispose() => client.Dispose();
}
