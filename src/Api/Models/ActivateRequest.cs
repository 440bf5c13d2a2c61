namespace RnnService.Api.Models;

/// <summary>Selects the active model.</summary>
internal sealed class ActivateRequest
{
    public const string Latest = "latest";

    public const string Example = "{\"id\": \"latest\"}";

    /// <summary>A model's id, or `latest` to activate each newly trained model.</summary>
    /// <example>latest</example>
    public string? Id { get; set; }
}
