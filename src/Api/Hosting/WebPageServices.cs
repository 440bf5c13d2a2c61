using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace RnnService.Api.Hosting;

/// <summary>The web page at <c>/</c>: the files in <c>wwwroot</c>, next to the program.</summary>
internal static class WebPageServices
{
    /// <summary>Only the page's own scripts run, and nothing is sent to another origin. Images that a user selects are blobs.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddWebPage(this IServiceCollection services) => services
        .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal)
        .AddResponseCompression(compression => compression.MimeTypes = ["text/html", "text/css", "text/javascript", "text/plain", "image/svg+xml"]);

    public static void UseWebPage(this WebApplication app)
    {
        PhysicalFileProvider files = new(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseResponseCompression();
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".md"] = "text/plain; charset=utf-8" } },
            OnPrepareResponse = prepared => SetHeaders(prepared.Context.Response.Headers),
        });
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        // Browsers revalidate each file, so that files of different versions are never mixed. The response for an unchanged file is 304.
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
