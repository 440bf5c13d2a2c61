namespace RnnService.Api.Http;

internal static class RequestMediaType
{
    /// <summary>The media type of the body without parameters such as the character set; null if the request has no Content-Type.</summary>
    public static string? MediaType(this HttpRequest request)
    {
        string? type = request.ContentType;
        int end = type?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return end < 0 ? type?.Trim() : type![..end].Trim();
    }
}
