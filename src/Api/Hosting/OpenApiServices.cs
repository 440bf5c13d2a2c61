using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using RnnService.Api.Prediction;
using RnnService.Api.Training;
using RnnService.Model.Training;

namespace RnnService.Api.Hosting;

internal static class OpenApiServices
{
    private const string Document = "v1";

    /// <summary>The tags, in the order of typical use.</summary>
    private static readonly string[] Tags = ["Training", "Jobs", "Prediction", "Models", "Open Inference Protocol", "Health"];

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services
        .AddEndpointsApiExplorer()
        .AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc(Document, new OpenApiInfo
            {
                Title = "RnnService",
                Version = Document,
                Description = "Trains recurrent networks on 28×28 digits in the background, streams the results of every epoch, and classifies digits with the active model. Errors are RFC 9457 problem details whose `detail` explains how to fix the request. Every call returns 400 for an unknown query parameter or host name, and calls other than GET return 403 to web pages of another origin.",
            });
            swagger.OrderActionsBy(call => Array.IndexOf(Tags, call.ActionDescriptor.EndpointMetadata.OfType<ITagsMetadata>().Single().Tags[0]).ToString(CultureInfo.InvariantCulture));
            swagger.IncludeXmlComments(typeof(Program).Assembly);
            swagger.IncludeXmlComments(typeof(TrainingSettings).Assembly);
            swagger.SupportNonNullableReferenceTypes();
            swagger.UseAllOfToExtendReferenceSchemas(); // otherwise enumeration fields have no description and no default
            swagger.SchemaFilter<TrainRequestSchemaFilter>();
            swagger.ParameterFilter<QueryParameterFilter>();
            swagger.OperationFilter<ImageBodyOperationFilter>();
            swagger.OperationFilter<EachResponseOperationFilter>();
        });

    public static void UseOpenApiDocument(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint($"/swagger/{Document}/swagger.json", "RnnService");
            ui.DocumentTitle = "RnnService";
            ui.EnableTryItOutByDefault();
            ui.DisplayRequestDuration();
        });
    }
}
