using System.Net.Mime;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RnnService.Api.Prediction;

/// <summary>Documents a PNG as a form's file, which Swagger UI offers as an upload, or as the body.</summary>
internal sealed class ImageBodyOperation : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (!context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ImageBodyMetadata>().Any())
        {
            return;
        }

        OpenApiSchema png = new() { Type = JsonSchemaType.String, Format = "binary", Description = "A 28×28 PNG of any colour type and bit depth." };
        OpenApiSchema form = new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { PredictionRequest.FileField },
            Properties = new Dictionary<string, IOpenApiSchema> { [PredictionRequest.FileField] = png },
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [MediaTypeNames.Multipart.FormData] = new OpenApiMediaType { Schema = form },
                [MediaTypeNames.Image.Png] = new OpenApiMediaType { Schema = png },
            },
        };
    }
}
