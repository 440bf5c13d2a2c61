using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RnnService.Browser.Tests;

/// <summary>A web server on another port, with an empty page.</summary>
internal sealed class OtherOrigin : IAsyncDisposable
{
    private readonly WebApplication server;

    private OtherOrigin(WebApplication server)
    {
        this.server = server;
    }

    public int Port => new Uri(server.Urls.Single()).Port;

    public static async Task<OtherOrigin> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication server = builder.Build();
        server.Run(http =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<!doctype html><title>Another origin</title>");
        });
        await server.StartAsync();
        return new OtherOrigin(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
