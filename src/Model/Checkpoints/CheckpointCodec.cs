using System.Globalization;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Checkpoints;

/// <summary>
/// Writes a checkpoint as one safetensors file: numbers in its metadata, and tensors with a prefix for their role.
/// </summary>
public static class CheckpointCodec
{
    private const string FormatField = "format";
    private const string Format = "rnn-service-checkpoint-3";

    // Without a fingerprint; and in the first one without averaged weights and best epochs, which did not exist.
    private static readonly string[] EarlierFormats = ["rnn-service-checkpoint-1", "rnn-service-checkpoint-2"];

    private const string WeightPrefix = "weight/";
    private const string FirstMomentPrefix = "adam-m/";
    private const string SecondMomentPrefix = "adam-v/";
    private const string UnaveragedPrefix = "unaveraged/";
    private const string BestPrefix = "best/";
    private const string BestEpochField = "BestEpoch";
    private const string BestAccuracyField = "BestValidationAccuracy";

    /// <summary>The checkpoint's bytes: equal checkpoints have equal bytes.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    public static byte[] Encode(Checkpoint checkpoint)
    {
        Dictionary<string, string> metadata = new()
        {
            [FormatField] = Format,
            [nameof(Checkpoint.Fingerprint)] = checkpoint.Fingerprint ?? throw new ArgumentException("A checkpoint without a fingerprint can be read, but not written.", nameof(checkpoint)),
            [nameof(Checkpoint.Epoch)] = Text(checkpoint.Epoch),
            [nameof(Checkpoint.CumulativeLoss)] = Text(checkpoint.CumulativeLoss),
            [nameof(Checkpoint.Steps)] = Text(checkpoint.Steps),
        };

        if (checkpoint.Best is not null)
        {
            metadata[BestEpochField] = Text(checkpoint.Best.Epoch);
            metadata[BestAccuracyField] = Text(checkpoint.Best.ValidationAccuracy);
        }

        return new SafeTensorsFile(
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
    /// <param name="bytes">What <see cref="Encode"/> returned, in this version or an earlier one.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of an unknown format.</exception>
    public static Checkpoint Decode(ReadOnlySpan<byte> bytes)
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(bytes);
        string? format = file.Metadata.GetValueOrDefault(FormatField);
        if (format != Format && !EarlierFormats.Contains(format))
        {
            throw new InvalidDataException($"The checkpoint's format is '{format}', but this version reads '{Format}'.");
        }

        ILookup<string, NamedTensor> tensors = file.Tensors.ToLookup(Prefix, tensor => tensor with { Name = tensor.Name[Prefix(tensor).Length..] });
        return new Checkpoint(
            format == Format ? Field(file, nameof(Checkpoint.Fingerprint)) : null,
            Number<int>(file, nameof(Checkpoint.Epoch)),
            Number<double>(file, nameof(Checkpoint.CumulativeLoss)),
            Number<long>(file, nameof(Checkpoint.Steps)),
            [.. tensors[WeightPrefix]],
            [.. tensors[FirstMomentPrefix]],
            [.. tensors[SecondMomentPrefix]],
            [.. tensors[UnaveragedPrefix]],
            file.Metadata.ContainsKey(BestEpochField) ? new BestEpoch(Number<int>(file, BestEpochField), Number<double>(file, BestAccuracyField), [.. tensors[BestPrefix]]) : null);
    }

    /// <summary>The shortest text that is parsed as the same number.</summary>
    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Field(SafeTensorsFile file, string field) =>
        file.Metadata.GetValueOrDefault(field) ?? throw new InvalidDataException($"The checkpoint has no field '{field}'.");

    private static T Number<T>(SafeTensorsFile file, string field)
        where T : IParsable<T> => T.TryParse(Field(file, field), CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw new InvalidDataException($"The checkpoint's field '{field}' is not a number.");

    private static IEnumerable<NamedTensor> Prefixed(string prefix, IEnumerable<NamedTensor> tensors) =>
        tensors.Select(tensor => tensor with { Name = prefix + tensor.Name });

    private static string Prefix(NamedTensor tensor) =>
        ((string[])[WeightPrefix, FirstMomentPrefix, SecondMomentPrefix, UnaveragedPrefix, BestPrefix]).FirstOrDefault(prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"A checkpoint has no tensor '{tensor.Name}'.");
}
