using System.Net.Mime;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RnnService.Api.Prediction;

/// <summary>Documents images as files of a form, which Swagger UI can upload, or as the body.</summary>
internal sealed class ImageBodyOperationFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ImageBodyMetadata>().SingleOrDefault() is not ImageBodyMetadata images)
        {
            return;
        }

        OpenApiSchema image = new() { Type = JsonSchemaType.String, Format = "binary", Description = "A PNG, JPEG or WebP image of up to 50 megapixels; with `fit=false`, a 28×28 PNG." };
        OpenApiSchema files = new() { Type = JsonSchemaType.Array, Items = image, MinItems = 1, MaxItems = BatchPredictionRequest.MaxImages };
        OpenApiSchema form = new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { PredictionRequest.FileField },
            Properties = new Dictionary<string, IOpenApiSchema> { [PredictionRequest.FileField] = images.Many ? files : image },
        };
        Dictionary<string, IOpenApiMediaType> content = new() { [MediaTypeNames.Multipart.FormData] = new OpenApiMediaType { Schema = form } };
        foreach (string mediaType in images.Many ? [] : PredictionRequest.MediaTypes)
        {
            content[mediaType] = new OpenApiMediaType { Schema = image };
        }

        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
    }
}
