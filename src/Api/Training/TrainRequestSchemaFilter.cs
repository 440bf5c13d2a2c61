using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;
using RnnService.Api.Http;
using RnnService.Model.Training;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RnnService.Api.Training;

/// <summary>Documents the ranges and defaults of training options, which <see cref="TrainingSettings"/> defines.</summary>
internal sealed class TrainRequestSchemaFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type != typeof(TrainRequest))
        {
            return;
        }

        TrainingSettings defaults = new();
        foreach (PropertyInfo setting in typeof(TrainingSettings).GetProperties())
        {
            string name = JsonNamingPolicy.CamelCase.ConvertName(setting.Name);
            if (schema.Properties?.TryGetValue(name, out IOpenApiSchema? property) == true && property is OpenApiSchema field)
            {
                field.Default = JsonSerializer.SerializeToNode(setting.GetValue(defaults), ServiceJson.Options);
                RangeAttribute? range = setting.GetCustomAttribute<RangeAttribute>();
                field.Minimum = Text(range?.Minimum);
                field.Maximum = Text(range?.Maximum);
            }
        }
    }

    private static string? Text(object? bound) => Convert.ToString(bound, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
