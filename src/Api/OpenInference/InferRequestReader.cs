using System.Text.Json;
using RnnService.Api.Http;
using RnnService.Api.Prediction;
using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>Reads and validates inference requests. Unknown fields are ignored, because extensions of the protocol add fields.</summary>
internal static class InferRequestReader
{
    private const string Example = """{"inputs": [{"name": "image", "shape": [1, 28, 28], "datatype": "FP32", "data": [0, ...]}]}""";

    /// <exception cref="BadHttpRequestException">The body is not JSON.</exception>
    /// <exception cref="InvalidRequestException">The request is invalid.</exception>
    public static async Task<InferInput> ReadAsync(HttpRequest http, CancellationToken cancellation)
    {
        if (!http.HasJsonContentType())
        {
            throw new BadHttpRequestException($"The Content-Type is not JSON. Send {Example} with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        InferRequest request = await DeserializeAsync(http, cancellation);
        ValidationErrors errors = new();
        IReadOnlyList<IDigit> images = ReadImages(request.Inputs, errors);
        IReadOnlyList<TensorMetadata> outputs = ReadOutputs(request.Outputs, errors);
        errors.ThrowIfAny();
        return new InferInput(request.Id, images, outputs);
    }

    private static async Task<InferRequest> DeserializeAsync(HttpRequest http, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<InferRequest>(http.Body, ServiceJson.Options, cancellation)
                ?? throw new BadHttpRequestException($"The body is null. Send an object such as {Example}.");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException($"The body is not a valid request at {e.Path ?? "its start"} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}). Send an object such as {Example}.", e);
        }
    }

    private static IReadOnlyList<IDigit> ReadImages(IReadOnlyList<InferTensor>? inputs, ValidationErrors errors)
    {
        if (inputs is not [InferTensor input] || input?.Name != TensorMetadata.Image.Name)
        {
            errors.Add("inputs", $"must be one tensor, named '{TensorMetadata.Image.Name}'.");
            return [];
        }

        if (input.Shape is not [long count and >= 1 and <= BatchPredictionRequest.MaxImages, DigitImage.Side, DigitImage.Side])
        {
            errors.Add("inputs[0].shape", $"must be [N, 28, 28] with N from 1 to {BatchPredictionRequest.MaxImages}, not [{ValidationErrors.Shortened(string.Join(", ", (input.Shape ?? []).Take(100)))}].");
            return [];
        }

        return input.Datatype switch
        {
            TensorMetadata.Float => Images(TensorData.ReadFloats(input.Data, (int)count, errors), pixels => new DigitValues(pixels)),
            TensorMetadata.Byte => Images(TensorData.ReadBytes(input.Data, (int)count, errors), pixels => new DigitImage(pixels.Span)),
            _ => Refuse(),
        };

        IReadOnlyList<IDigit> Refuse()
        {
            errors.Add("inputs[0].datatype", $"must be {TensorMetadata.Float} or {TensorMetadata.Byte}, not '{ValidationErrors.Shortened(input.Datatype)}'.");
            return [];
        }
    }

    private static IReadOnlyList<IDigit> Images<T>(T[] numbers, Func<ReadOnlyMemory<T>, IDigit> image) =>
        [.. Enumerable.Range(0, numbers.Length / DigitImage.PixelCount).Select(i => image(numbers.AsMemory(i * DigitImage.PixelCount, DigitImage.PixelCount)))];

    private static IReadOnlyList<TensorMetadata> ReadOutputs(IReadOnlyList<InferOutput>? requested, ValidationErrors errors)
    {
        if (requested is null or [])
        {
            return TensorMetadata.Outputs;
        }

        List<TensorMetadata> outputs = [];
        for (int i = 0; i < requested.Count; i++)
        {
            if (TensorMetadata.Outputs.FirstOrDefault(output => output.Name == requested[i]?.Name) is not TensorMetadata known)
            {
                errors.Add($"outputs[{i}].name", $"must be one of {string.Join(", ", TensorMetadata.Outputs.Select(output => output.Name))}, not '{ValidationErrors.Shortened(requested[i]?.Name)}'.");
            }
            else if (outputs.Contains(known))
            {
                errors.Add($"outputs[{i}].name", $"is '{known.Name}' again. Request each output only once.");
            }
            else
            {
                outputs.Add(known);
            }
        }

        return outputs;
    }
}
