using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace RnnService.Testing;

/// <summary>Common requests to the service.</summary>
public static class ServiceRequests
{
    /// <summary>Starts a training job and returns its path.</summary>
    public static async Task<string> StartTrainingAsync(this HttpClient http, string request, string? idempotencyKey = null)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, "/train") { Content = new StringContent(request, Encoding.UTF8, "application/json") };
        message.Headers.Add("Idempotency-Key", idempotencyKey is null ? [] : [idempotencyKey]);
        using HttpResponseMessage response = await http.SendAsync(message);
        return response.StatusCode == HttpStatusCode.Accepted
            ? response.Headers.Location!.ToString()
            : throw new InvalidOperationException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Waits until a job ends and returns it.</summary>
    public static async Task<JsonElement> EndOfAsync(this HttpClient http, string job)
    {
        await using Stream stream = await http.GetStreamAsync($"{job}/progress");
        return JsonElement.Parse((await SseParser.Create(stream).EnumerateAsync().LastAsync()).Data);
    }

    /// <summary>Returns the SHA-256 of a model's weights, as the service reports it.</summary>
    public static async Task<string> Sha256Async(this HttpClient http, string model) =>
        (await http.GetJsonAsync($"/models/{model}")).GetProperty("sha256").GetString()!;

    public static Task<JsonElement> GetJsonAsync(this HttpClient http, string path) => http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Classifies a PNG image with the active model.</summary>
    public static Task<HttpResponseMessage> PredictAsync(this HttpClient http, byte[] png) =>
        http.PostAsync("/predict", new ByteArrayContent(png) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } });
}
