namespace RnnService.Api.Models;

/// <summary>Which model is to serve.</summary>
internal sealed class ActivateRequest
{
    public const string Latest = "latest";

    public const string Example = "{\"id\": \"latest\"}";

    /// <summary>A model's id, or `latest`: then each newly trained model takes over.</summary>
    /// <example>latest</example>
    public string? Id { get; set; }
}
