using System.Net.Mime;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RnnService.Api.Prediction;

/// <summary>Documents PNGs as files of a form, which Swagger UI can upload, or as the body.</summary>
internal sealed class ImageBodyOperationFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ImageBodyMetadata>().SingleOrDefault() is not ImageBodyMetadata images)
        {
            return;
        }

        OpenApiSchema png = new() { Type = JsonSchemaType.String, Format = "binary", Description = "A PNG of any color type and bit depth: 28×28, or any size with `fit=true`." };
        OpenApiSchema files = new() { Type = JsonSchemaType.Array, Items = png, MinItems = 1, MaxItems = BatchPredictionRequest.MaxImages };
        OpenApiSchema form = new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { PredictionRequest.FileField },
            Properties = new Dictionary<string, IOpenApiSchema> { [PredictionRequest.FileField] = images.Many ? files : png },
        };
        Dictionary<string, IOpenApiMediaType> content = new() { [MediaTypeNames.Multipart.FormData] = new OpenApiMediaType { Schema = form } };
        if (!images.Many)
        {
            content[MediaTypeNames.Image.Png] = new OpenApiMediaType { Schema = png };
        }

        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
    }
}
