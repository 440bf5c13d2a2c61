using System.Text.Json;
using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>Reads the values of a tensor [N, 28, 28], flat or nested.</summary>
internal static class TensorData
{
    private const string Field = "inputs[0].data";

    /// <summary>
    /// Reads values from 0 to 1, the range that networks are trained on. Returns no values after an error. Without the check, bytes that are sent as floats
    /// would be misclassified silently, and very large values would lead to results that JSON cannot represent.
    /// </summary>
    public static float[] ReadFloats(JsonElement data, int count, ValidationErrors errors) => Read(
        data, count, errors, "a number from 0 to 1", (JsonElement element, out float value) => element.TryGetSingle(out value) && value is >= 0 and <= 1);

    /// <summary>Reads bytes. Returns no values after an error.</summary>
    public static byte[] ReadBytes(JsonElement data, int count, ValidationErrors errors) => Read(
        data, count, errors, "a whole number from 0 to 255", (JsonElement element, out byte value) => element.TryGetByte(out value));

    private delegate bool TryGet<T>(JsonElement element, out T value);

    private static T[] Read<T>(JsonElement data, int count, ValidationErrors errors, string kind, TryGet<T> tryGet)
    {
        T[] numbers = new T[count * DigitImage.PixelCount];
        int position = 0;
        bool nested = data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0 && data[0].ValueKind == JsonValueKind.Array;
        ReadOnlySpan<int> shape = nested ? [count, DigitImage.Side, DigitImage.Side] : [numbers.Length];
        return TryFill(data, shape, out string? error) ? numbers : Refuse(error);

        bool TryFill(JsonElement element, ReadOnlySpan<int> lengths, out string? error)
        {
            error = null;
            if (lengths.IsEmpty)
            {
                if (element.ValueKind == JsonValueKind.Number && tryGet(element, out numbers[position]))
                {
                    position++;
                    return true;
                }

                error = $"must have {kind} at every position, but has none at position {position + 1}.";
                return false;
            }

            if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != lengths[0])
            {
                error = $"must be one list of {numbers.Length} numbers, or nested lists of the shape [{count}, {DigitImage.Side}, {DigitImage.Side}].";
                return false;
            }

            foreach (JsonElement part in element.EnumerateArray())
            {
                if (!TryFill(part, lengths[1..], out error))
                {
                    return false;
                }
            }

            return true;
        }

        T[] Refuse(string? error)
        {
            errors.Add(Field, error!);
            return [];
        }
    }
}
