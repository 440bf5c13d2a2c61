using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Security;

public sealed class AllowedHostsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:0", null, "localhost 127.0.0.1 [::1] LOCALHOST", "evil.example my-host localhost.evil.example 10.0.0.1")]
    [InlineData("http://my-host:0", null, "localhost 127.0.0.1 [::1] my-host", "evil.example")]
    [InlineData("http://0.0.0.0:0", null, "localhost 127.0.0.1 [::1]", "evil.example my-host 0.0.0.0")]
    [InlineData("http://[::]:0", null, "localhost 127.0.0.1 [::1]", "evil.example my-host")]
    [InlineData("http://my-host:0", "digits.example.com; *.example.org", "digits.example.com a.example.org", "localhost my-host evil.example")]
    [InlineData("http://0.0.0.0:0", "*", "localhost evil.example", "")]
    public async Task Are_those_of_the_setting_or_else_the_loopback_names_and_those_in_urls(string address, string? setting, string allowed, string refused)
    {
        await using ServiceProcess service = await ServiceProcess.StartAtAsync(
            new Uri(address), DotnetCommand.Executable, [ServiceProcess.Program, $"--Storage:Directory={directory.Path}", .. setting is null ? Array.Empty<string>() : [$"--AllowedHosts={setting}"]]);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{service.Address.Port}") };

        foreach (string host in allowed.Split(' '))
        {
            using HttpResponseMessage answer = await GetAsync(http, "/health/live", host);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{host}: {answer.StatusCode}");
        }

        foreach (string host in refused.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await Problems.AssertAsync(
                await GetAsync(http, "/health/live", host), HttpStatusCode.BadRequest, $"The host name '{host}' is not allowed. Use localhost, or add the name to the setting AllowedHosts.");
            using HttpResponseMessage v2 = await GetAsync(http, "/v2", host);
            Assert.Equal(HttpStatusCode.BadRequest, v2.StatusCode);
            Assert.Contains("is not allowed.", (await v2.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, string host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path) { Headers = { Host = $"{host}:{http.BaseAddress!.Port}" } };
        return await http.SendAsync(request);
    }
}
