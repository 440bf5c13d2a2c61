using System.Globalization;
using System.Net.Mime;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RnnService.Api.Prediction;

/// <summary>Documents the second kind of response of POST /predict, that of `each=true`.</summary>
internal sealed class EachResponseOperationFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ImageBodyMetadata>().SingleOrDefault() is not { Many: false })
        {
            return;
        }

        string ok = StatusCodes.Status200OK.ToString(CultureInfo.InvariantCulture);
        OpenApiMediaType content = (OpenApiMediaType)operation.Responses![ok].Content![MediaTypeNames.Application.Json];
        content.Schema = new OpenApiSchema { OneOf = [content.Schema!, context.SchemaGenerator.GenerateSchema(typeof(EachPredictionResponse), context.SchemaRepository)] };
    }
}
