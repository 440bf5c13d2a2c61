using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Model.Training;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace RnnService.Api.Training;

/// <summary>Documents the ranges and defaults of training options, which <see cref="TrainingSettings"/> defines, and the default priority.</summary>
internal sealed class TrainRequestSchemaFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type != typeof(TrainRequest))
        {
            return;
        }

        SetDefault(schema, nameof(TrainRequest.Priority), JobPriority.Normal);
        TrainingSettings defaults = new();
        foreach (PropertyInfo setting in typeof(TrainingSettings).GetProperties())
        {
            if (SetDefault(schema, setting.Name, setting.GetValue(defaults)) is OpenApiSchema field)
            {
                RangeAttribute? range = setting.GetCustomAttribute<RangeAttribute>();
                field.Minimum = Text(range?.Minimum);
                field.Maximum = Text(range?.Maximum);
            }
        }
    }

    /// <summary>Sets the default of a field and returns the field; null if the request does not have it.</summary>
    private static OpenApiSchema? SetDefault(IOpenApiSchema schema, string name, object? value)
    {
        IOpenApiSchema? property = null;
        schema.Properties?.TryGetValue(JsonNamingPolicy.CamelCase.ConvertName(name), out property);
        if (property is not OpenApiSchema field)
        {
            return null;
        }

        field.Default = JsonSerializer.SerializeToNode(value, ServiceJson.Options);
        return field;
    }

    private static string? Text(object? bound) => Convert.ToString(bound, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
