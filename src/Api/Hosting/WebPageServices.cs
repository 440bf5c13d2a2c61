using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace RnnService.Api.Hosting;

/// <summary>The web page at <c>/</c>: the files in <c>wwwroot</c>, next to the program.</summary>
internal static class WebPageServices
{
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
        headers.ContentSecurityPolicy = HtmlPolicies.WebPage;
    }
}
