using System.Text.Json;
using RnnService.Api.Http;
using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>Reads the numbers of a tensor [N, 28, 28], flat or nested.</summary>
internal static class TensorData
{
    private const string Field = "inputs[0].data";

    /// <summary>
    /// Numbers from 0 to 1, which is what networks are trained on; none when there is a fault. Bytes that were sent as floats would be told wrong without a
    /// word, and huge numbers have no answer that JSON could carry.
    /// </summary>
    public static float[] ReadFloats(JsonElement data, int count, ValidationErrors errors) => Read(
        data, count, errors, "a number from 0 to 1", (JsonElement element, out float value) => element.TryGetSingle(out value) && value is >= 0 and <= 1);

    /// <summary>Bytes; none when there is a fault.</summary>
    public static byte[] ReadBytes(JsonElement data, int count, ValidationErrors errors) => Read(
        data, count, errors, "a whole number from 0 to 255", (JsonElement element, out byte value) => element.TryGetByte(out value));

    private delegate bool TryGet<T>(JsonElement element, out T value);

    private static T[] Read<T>(JsonElement data, int count, ValidationErrors errors, string kind, TryGet<T> tryGet)
    {
        T[] numbers = new T[count * DigitImage.PixelCount];
        int place = 0;
        bool nested = data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0 && data[0].ValueKind == JsonValueKind.Array;
        ReadOnlySpan<int> shape = nested ? [count, DigitImage.Side, DigitImage.Side] : [numbers.Length];
        return TryFill(data, shape, out string? fault) ? numbers : Refuse(fault);

        bool TryFill(JsonElement element, ReadOnlySpan<int> lengths, out string? fault)
        {
            fault = null;
            if (lengths.IsEmpty)
            {
                if (element.ValueKind == JsonValueKind.Number && tryGet(element, out numbers[place]))
                {
                    place++;
                    return true;
                }

                fault = $"must have {kind} at every place, but has none at place {place + 1}.";
                return false;
            }

            if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != lengths[0])
            {
                fault = $"must be {numbers.Length} numbers in one list, or lists as the shape says: [{count}, {DigitImage.Side}, {DigitImage.Side}].";
                return false;
            }

            foreach (JsonElement part in element.EnumerateArray())
            {
                if (!TryFill(part, lengths[1..], out fault))
                {
                    return false;
                }
            }

            return true;
        }

        T[] Refuse(string? fault)
        {
            errors.Add(Field, fault!);
            return [];
        }
    }
}
