using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Acceptance;

/// <summary>A process that does not train never loads libtorch, whatever requests it receives. Reads <c>/proc/PID/maps</c>, so it runs only on Linux.</summary>
public sealed class ServingWithoutTorchTests : IDisposable
{
    private const string LibTorch = "libtorch_cpu";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Only_training_loads_libtorch()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // A database with models of every kind and no unfinished jobs.
        new RecordedResponses("0dacae0").CopyIdleDatabaseTo(directory);
        await using ServiceProcess service = await ServiceProcess.StartAsync(DotnetCommand.Executable, ServiceProcess.Program, $"--Storage:Directory={directory.Path}");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, "/health/ready", until: HttpStatusCode.OK));
        foreach (string path in (string[])["/", "/swagger/v1/swagger.json", "/jobs", "/models", "/models/active", "/v2/models/digits/ready", "/hangfire"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, path));
        }

        byte[] digit = Digits.Png(0);
        byte[] tensor = Encoding.UTF8.GetBytes(Digits.InferRequest(1));
        using JsonDocument models = JsonDocument.Parse(await service.Http.GetStringAsync("/models"));
        foreach (JsonElement model in models.RootElement.GetProperty("data").EnumerateArray())
        {
            string id = model.GetProperty("id").GetString()!;
            string version = model.GetProperty("version").GetInt32().ToString(CultureInfo.InvariantCulture);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Post, $"/predict?model={id}", Requests.Body(digit, "image/png")));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Post, $"/predict?model={id}&fit=true&trace=true", Requests.Body(digit, "image/png")));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Post, $"/v2/models/digits/versions/{version}/infer", Requests.Body(tensor, "application/json")));
            foreach (string part in (string[])["weights.safetensors", "model.onnx", "misread"])
            {
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, $"/models/{id}/{part}"));
            }

            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Put, "/models/active", Requests.Body(Encoding.UTF8.GetBytes($$"""{"id": "{{id}}"}"""), "application/json")));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Post, "/predict", Requests.Body(digit, "image/png")));
        }

        Assert.Equal(5, models.RootElement.GetProperty("data").GetArrayLength());
        Assert.DoesNotContain(LibTorch, Maps(service), StringComparison.Ordinal);

        // Training in the same process loads libtorch; otherwise this test could never fail.
        using HttpResponseMessage accepted = await service.Http.PostAsync("/train", Requests.Body("""{"hiddenSize": 8, "epochs": 1, "trainingImages": 100}"""u8.ToArray(), "application/json"));
        await service.Http.GetStringAsync($"{accepted.Headers.Location}/progress");
        Assert.Contains(LibTorch, Maps(service), StringComparison.Ordinal);
    }

    private static string Maps(ServiceProcess service) => File.ReadAllText($"/proc/{service.Id}/maps");

    private static async Task<HttpStatusCode> StatusAsync(ServiceProcess service, HttpMethod method, string path, HttpContent? body = null, HttpStatusCode? until = null)
    {
        while (true)
        {
            using HttpResponseMessage response = await service.Http.SendAsync(new HttpRequestMessage(method, path) { Content = body });
            if (until is null || response.StatusCode == until)
            {
                return response.StatusCode;
            }
        }
    }
}
