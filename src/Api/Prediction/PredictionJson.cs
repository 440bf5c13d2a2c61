using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnService.Api.Prediction;

/// <summary>Source-generated serialization of predictions.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PredictionResponse))]
[JsonSerializable(typeof(EachPredictionResponse))]
internal sealed partial class PredictionJson : JsonSerializerContext;
