using System.Text.Json.Serialization;

namespace RnnService.Api.Prediction;

/// <summary>Answers to predictions are written by code that the compiler makes.</summary>
[JsonSerializable(typeof(PredictionResponse))]
[JsonSerializable(typeof(BatchPredictionResponse))]
internal sealed partial class PredictionJson : JsonSerializerContext;
