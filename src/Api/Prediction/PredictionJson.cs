using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnService.Api.Prediction;

/// <summary>The answer to a prediction is written by code that the compiler makes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PredictionResponse))]
internal sealed partial class PredictionJson : JsonSerializerContext;
