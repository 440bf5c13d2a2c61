using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RnnService.Api.Hosting;

/// <summary>Documents the values of query parameters. Handlers bind them as strings, so that they can return their own error messages.</summary>
internal sealed class QueryParameterFilter : IParameterFilter
{
    private static readonly Dictionary<string, Func<OpenApiSchema>> Schemas = new()
    {
        ["limit"] = () => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = Paging.MaxLimit.ToString(CultureInfo.InvariantCulture), Default = Paging.DefaultLimit },
        ["status"] = () => OneOf(EnumNames.All(typeof(TrainingJobStatus))),
        ["actual"] = Digit,
        ["predicted"] = Digit,
        ["invert"] = AutoOrFlag,
        ["fit"] = AutoOrFlag,
        ["trace"] = Flag,
        ["each"] = Flag,
    };

    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is OpenApiParameter { In: ParameterLocation.Query, Name: string name } query && Schemas.TryGetValue(name, out Func<OpenApiSchema>? schema))
        {
            query.Schema = schema();
            query.Example = null;
        }
    }

    private static OpenApiSchema Digit() => new() { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = "9" };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean, Default = false };

    private static OpenApiSchema AutoOrFlag()
    {
        OpenApiSchema schema = OneOf(["auto", "true", "false"]);
        schema.Default = "auto";
        return schema;
    }

    private static OpenApiSchema OneOf(IEnumerable<string> names) =>
        new() { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))] };
}
