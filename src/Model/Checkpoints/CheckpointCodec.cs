using System.Globalization;
using RnnService.Model.Formats;

namespace RnnService.Model.Checkpoints;

/// <summary>
/// Writes a checkpoint as one safetensors file: numbers in its metadata, tensors named for what they are of.
/// </summary>
public static class CheckpointCodec
{
    private const string FormatField = "format";
    private const string Format = "rnn-service-checkpoint-2";

    // The same without averages and best epochs, which no training had then.
    private const string FirstFormat = "rnn-service-checkpoint-1";
    private const string WeightPrefix = "weight/";
    private const string FirstMomentPrefix = "adam-m/";
    private const string SecondMomentPrefix = "adam-v/";
    private const string UnaveragedPrefix = "unaveraged/";
    private const string BestPrefix = "best/";
    private const string BestEpochField = "BestEpoch";
    private const string BestAccuracyField = "BestValidationAccuracy";

    /// <summary>The checkpoint's bytes: equal checkpoints have equal bytes.</summary>
    /// <param name="checkpoint">What to write.</param>
    public static byte[] Encode(Checkpoint checkpoint)
    {
        Dictionary<string, string> metadata = new()
        {
            [FormatField] = Format,
            [nameof(Checkpoint.Epoch)] = Text(checkpoint.Epoch),
            [nameof(Checkpoint.CumulativeLoss)] = Text(checkpoint.CumulativeLoss),
            [nameof(Checkpoint.Steps)] = Text(checkpoint.Steps),
        };

        if (checkpoint.Best is not null)
        {
            metadata[BestEpochField] = Text(checkpoint.Best.Epoch);
            metadata[BestAccuracyField] = Text(checkpoint.Best.ValidationAccuracy);
        }

        return new SafeTensors(
            [
                .. Prefixed(WeightPrefix, checkpoint.Weights),
                .. Prefixed(FirstMomentPrefix, checkpoint.FirstMoments),
                .. Prefixed(SecondMomentPrefix, checkpoint.SecondMoments),
                .. Prefixed(UnaveragedPrefix, checkpoint.UnaveragedWeights),
                .. Prefixed(BestPrefix, checkpoint.Best?.Weights ?? []),
            ],
            metadata).ToBytes();
    }

    /// <summary>Reads a checkpoint, strictly.</summary>
    /// <param name="bytes">What <see cref="Encode"/> gave.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of a format that this version does not know.</exception>
    public static Checkpoint Decode(ReadOnlySpan<byte> bytes)
    {
        SafeTensors file = SafeTensors.Parse(bytes);
        string? format = file.Metadata.GetValueOrDefault(FormatField);
        if (format is not (Format or FirstFormat))
        {
            throw new InvalidDataException($"The checkpoint's format is '{format}', but this version reads '{Format}'.");
        }

        return new Checkpoint(
            Number<int>(file, nameof(Checkpoint.Epoch)),
            Number<double>(file, nameof(Checkpoint.CumulativeLoss)),
            Number<long>(file, nameof(Checkpoint.Steps)),
            Unprefixed(WeightPrefix, file.Tensors),
            Unprefixed(FirstMomentPrefix, file.Tensors),
            Unprefixed(SecondMomentPrefix, file.Tensors),
            Unprefixed(UnaveragedPrefix, file.Tensors),
            file.Metadata.ContainsKey(BestEpochField) ? Best(file) : null);
    }

    private static BestEpoch Best(SafeTensors file) =>
        new(Number<int>(file, BestEpochField), Number<double>(file, BestAccuracyField), Unprefixed(BestPrefix, file.Tensors));

    /// <summary>The shortest text that is read back as the same number.</summary>
    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static T Number<T>(SafeTensors file, string field)
        where T : IParsable<T> => T.TryParse(file.Metadata.GetValueOrDefault(field), CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw new InvalidDataException($"The checkpoint has no number '{field}'.");

    private static IEnumerable<NamedTensor> Prefixed(string prefix, IEnumerable<NamedTensor> tensors) =>
        tensors.Select(tensor => tensor with { Name = prefix + tensor.Name });

    private static List<NamedTensor> Unprefixed(string prefix, IEnumerable<NamedTensor> tensors) =>
        [.. tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor with { Name = tensor.Name[prefix.Length..] })];
}
