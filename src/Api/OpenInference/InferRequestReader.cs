using RnnService.Api.Http;
using RnnService.Api.Prediction;
using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>Reads and validates inference requests. Unknown fields are ignored, because extensions of the protocol add fields.</summary>
internal static class InferRequestReader
{
    public const string Advice = $"Send an object such as {Example}.";

    private const string Example = """{"inputs": [{"name": "image", "shape": [1, 28, 28], "datatype": "FP32", "data": [0, ...]}]}""";

    public static string OneTensor { get; } = $"must be one tensor, named '{TensorMetadata.Image.Name}'.";

    /// <exception cref="BadHttpRequestException">The body is not JSON.</exception>
    /// <exception cref="InvalidRequestException">The request is invalid.</exception>
    public static async Task<InferInput> ReadAsync(HttpRequest http, CancellationToken cancellation)
    {
        if (!http.HasJsonContentType())
        {
            throw new BadHttpRequestException($"The Content-Type is not JSON. Send {Example} with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        InferRequestParser request = await InferBodyReader.ReadAsync(http, cancellation);
        if (request.IsNull)
        {
            throw new BadHttpRequestException($"The body is null. {Advice}");
        }

        ValidationErrors errors = new();
        IReadOnlyList<IDigit> images = ReadImages(request, errors);
        IReadOnlyList<TensorMetadata> outputs = ReadOutputs(request.Outputs, errors);
        errors.ThrowIfAny();
        return new InferInput(request.Id, images, outputs);
    }

    private static IReadOnlyList<IDigit> ReadImages(InferRequestParser request, ValidationErrors errors)
    {
        if (request.Inputs != 1 || request.Name != TensorMetadata.Image.Name)
        {
            errors.Add("inputs", OneTensor);
            return [];
        }

        if (request.Shape is not [long count and >= 1 and <= BatchPredictionRequest.MaxImages, DigitImage.Side, DigitImage.Side])
        {
            errors.Add("inputs[0].shape", $"must be [N, 28, 28] with N from 1 to {BatchPredictionRequest.MaxImages}, not [{ValidationErrors.Shortened(string.Join(", ", request.Shape))}].");
            return [];
        }

        return request.Datatype switch
        {
            TensorMetadata.Float => Images(request.Data.ToFloats((int)count, errors), pixels => new DigitValues(pixels)),
            TensorMetadata.Byte => Images(request.Data.ToBytes((int)count, errors), pixels => new DigitImage(pixels.Span)),
            _ => Refuse(),
        };

        IReadOnlyList<IDigit> Refuse()
        {
            errors.Add("inputs[0].datatype", $"must be {TensorMetadata.Float} or {TensorMetadata.Byte}, not '{ValidationErrors.Shortened(request.Datatype)}'.");
            return [];
        }
    }

    private static IReadOnlyList<IDigit> Images<T>(ReadOnlyMemory<T> numbers, Func<ReadOnlyMemory<T>, IDigit> image) =>
        [.. Enumerable.Range(0, numbers.Length / DigitImage.PixelCount).Select(i => image(numbers.Slice(i * DigitImage.PixelCount, DigitImage.PixelCount)))];

    private static IReadOnlyList<TensorMetadata> ReadOutputs(IReadOnlyList<string?> requested, ValidationErrors errors)
    {
        if (requested.Count == 0)
        {
            return TensorMetadata.Outputs;
        }

        List<TensorMetadata> outputs = [];
        for (int i = 0; i < requested.Count; i++)
        {
            if (TensorMetadata.Outputs.FirstOrDefault(output => output.Name == requested[i]) is not TensorMetadata known)
            {
                errors.Add($"outputs[{i}].name", $"must be one of {string.Join(", ", TensorMetadata.Outputs.Select(output => output.Name))}, not '{ValidationErrors.Shortened(requested[i])}'.");
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
