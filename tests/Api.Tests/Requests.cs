using System.Net.Http.Headers;

namespace RnnService.Api.Tests;

internal static class Requests
{
    public static ByteArrayContent Body(byte[] content, string mediaType) =>
        new(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    public static MultipartFormDataContent Form(byte[] content, string name = "image", string fileName = "digit.png") =>
        new() { { Body(content, "image/png"), name, fileName } };
}
