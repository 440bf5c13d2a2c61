namespace RnnService.Api.Hosting;

internal static class RequestMediaType
{
    /// <summary>What a request's body is, without parameters such as its encoding; null when that is not said.</summary>
    public static string? MediaType(this HttpRequest request)
    {
        string? type = request.ContentType;
        int end = type?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return end < 0 ? type?.Trim() : type![..end].Trim();
    }
}
