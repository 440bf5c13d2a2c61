using System.Globalization;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Checkpoints;

/// <summary>
/// Converts checkpoints to and from safetensors files: numbers are stored in the metadata, and tensor names have a prefix for their role.
/// </summary>
public static class CheckpointCodec
{
    private const string FormatField = "format";
    private const string Format = "rnn-service-checkpoint-3";

    // Neither format has a fingerprint. The first one also lacks unaveraged weights and the best epoch.
    private static readonly string[] EarlierFormats = ["rnn-service-checkpoint-1", "rnn-service-checkpoint-2"];

    private const string WeightPrefix = "weight/";
    private const string FirstMomentPrefix = "adam-m/";
    private const string SecondMomentPrefix = "adam-v/";
    private const string UnaveragedPrefix = "unaveraged/";
    private const string BestPrefix = "best/";
    private const string BestEpochField = "BestEpoch";
    private const string BestAccuracyField = "BestValidationAccuracy";

    /// <summary>Encodes a checkpoint. Identical checkpoints produce identical bytes.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    public static byte[] Encode(Checkpoint checkpoint)
    {
        Dictionary<string, string> metadata = new()
        {
            [FormatField] = Format,
            [nameof(Checkpoint.Fingerprint)] = checkpoint.Fingerprint ?? throw new ArgumentException("The checkpoint has no fingerprint.", nameof(checkpoint)),
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

    /// <summary>Decodes a checkpoint. Missing fields and unknown tensors are errors.</summary>
    /// <param name="bytes">The result of <see cref="Encode"/>, of this version or an earlier one.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or its format is unknown.</exception>
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

    /// <summary>Returns the shortest text that round-trips.</summary>
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
            ?? throw new InvalidDataException($"The checkpoint has an unknown tensor '{tensor.Name}'.");
}
