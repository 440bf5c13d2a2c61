using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace RnnService.Api.Tests.OpenInference;

internal static class OpenInferenceErrors
{
    /// <summary>Asserts that a response is an error of the protocol: an object with the single field `error`.</summary>
    public static async Task AssertAsync(HttpResponseMessage response, HttpStatusCode status, string error)
    {
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["error"], body.EnumerateObject().Select(field => field.Name));
        Assert.Contains(error, body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, response.StatusCode);
    }
}
