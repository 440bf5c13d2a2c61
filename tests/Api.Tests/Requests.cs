using System.Net.Http.Headers;

namespace RnnService.Api.Tests;

internal static class Requests
{
    public static ByteArrayContent Body(byte[] content, string mediaType) =>
        new(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    public static MultipartFormDataContent Form(byte[] content, string name = "image", string fileName = "digit.png") =>
        new() { { Body(content, "image/png"), name, fileName } };

    /// <summary>A form with several files of the same name.</summary>
    public static MultipartFormDataContent Forms(IEnumerable<byte[]> files, string name = "image")
    {
        MultipartFormDataContent form = [];
        foreach (byte[] file in files)
        {
            form.Add(Body(file, "image/png"), name, "digit.png");
        }

        return form;
    }
}
