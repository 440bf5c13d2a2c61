using System.Text.Json;
using RnnService.Api.Http;
using RnnService.Api.Prediction;
using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>
/// Collects the numbers of a tensor [N, 28, 28], flat or nested, while they are read: nothing but the numbers is kept, and no more than a request may have. The shape
/// and the data type may follow the numbers, so all of them are checked at the end.
/// </summary>
internal sealed class TensorNumbers
{
    public const string Field = "inputs[0].data";

    private const int MaxCount = BatchPredictionRequest.MaxImages * DigitImage.PixelCount;

    private float[] numbers = [];
    private int count;
    private int firstNotFloat = -1;
    private int firstNotByte = -1;
    private int startDepth;
    private bool? isNested;
    private bool isWrongShape = true;
    private int images;
    private int rows;
    private int columns;

    /// <summary>Starts with the first token of the data.</summary>
    /// <returns>Whether further tokens belong to the data.</returns>
    public bool Begin(ref Utf8JsonReader reader)
    {
        (count, firstNotFloat, firstNotByte, startDepth, isNested, images) = (0, -1, -1, reader.CurrentDepth, null, 0);
        isWrongShape = reader.TokenType != JsonTokenType.StartArray;
        return !isWrongShape;
    }

    /// <summary>Continues with the next token.</summary>
    /// <returns>Whether further tokens belong to the data.</returns>
    /// <exception cref="InvalidRequestException">There are more numbers than a request may have.</exception>
    public bool Accept(ref Utf8JsonReader reader)
    {
        int level = reader.CurrentDepth - startDepth;
        if (level == 0)
        {
            return false;
        }

        isNested ??= reader.TokenType == JsonTokenType.StartArray;
        if (isNested.Value)
        {
            AcceptNested(ref reader, level);
        }
        else if (level == 1 && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            Add(ref reader);
        }

        return true;
    }

    /// <summary>
    /// Returns values from 0 to 1, the range that networks are trained on. Returns no values after an error. Without the check, bytes that are sent as floats
    /// would be misclassified silently, and very large values would lead to results that JSON cannot represent.
    /// </summary>
    public ReadOnlyMemory<float> ToFloats(int imageCount, ValidationErrors errors) =>
        Check(imageCount, firstNotFloat, "a number from 0 to 1", errors) ? numbers.AsMemory(0, count) : default;

    /// <summary>Returns bytes. Returns no values after an error.</summary>
    public ReadOnlyMemory<byte> ToBytes(int imageCount, ValidationErrors errors) =>
        Check(imageCount, firstNotByte, "a whole number from 0 to 255", errors) ? Array.ConvertAll(numbers[..count], number => (byte)number) : default;

    private void AcceptNested(ref Utf8JsonReader reader, int level)
    {
        switch ((level, reader.TokenType))
        {
            case (1, JsonTokenType.StartArray):
                rows = 0;
                break;
            case (1, JsonTokenType.EndArray):
                images++;
                isWrongShape |= rows != DigitImage.Side;
                break;
            case (2, JsonTokenType.StartArray):
                columns = 0;
                break;
            case (2, JsonTokenType.EndArray):
                rows++;
                isWrongShape |= columns != DigitImage.Side;
                break;
            case (1 or 2, _):
                isWrongShape = true;
                break;
            case (3, not (JsonTokenType.EndArray or JsonTokenType.EndObject)) when !isWrongShape:
                columns++;
                Add(ref reader);
                break;
        }
    }

    private void Add(ref Utf8JsonReader reader)
    {
        if (count == MaxCount)
        {
            throw new InvalidRequestException(Field, $"has more than {MaxCount} numbers, which is the limit: those of {BatchPredictionRequest.MaxImages} images. Send the other images in another request.");
        }

        if (count == numbers.Length)
        {
            Array.Resize(ref numbers, Math.Clamp(2 * count, DigitImage.PixelCount, MaxCount));
        }

        float number = 0;
        bool isNumber = reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out number);
        if (firstNotFloat < 0 && !(isNumber && number is >= 0 and <= 1))
        {
            firstNotFloat = count;
        }

        if (firstNotByte < 0 && !(isNumber && reader.TryGetByte(out _)))
        {
            firstNotByte = count;
        }

        numbers[count++] = number;
    }

    private bool Check(int imageCount, int firstInvalid, string kind, ValidationErrors errors)
    {
        int expected = imageCount * DigitImage.PixelCount;
        if (isWrongShape || count != expected || (isNested == true && images != imageCount))
        {
            errors.Add(Field, $"must be one list of {expected} numbers, or nested lists of the shape [{imageCount}, {DigitImage.Side}, {DigitImage.Side}].");
            return false;
        }

        if (firstInvalid >= 0)
        {
            errors.Add(Field, $"must have {kind} at every position, but has none at position {firstInvalid + 1}.");
            return false;
        }

        return true;
    }
}
