using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Inference;

/// <summary>
/// A trained network for inference, loaded from a safetensors file without libtorch. Its weights are packed for the kernels. The results do not depend
/// on the vector width, the number of cores, or the other images of a batch. Not thread-safe. Its weights are in native memory and must be disposed.
/// </summary>
public sealed unsafe class CompiledNetwork : IInferenceNetwork
{
    private readonly ICompiledLayers layers;
    private readonly LinearLayer output;
    private readonly SimilarityLayer? similarity;
    private readonly Calibration? calibration;
    private readonly NativeBuffer pixels = new();
    private readonly NativeBuffer features = new();
    private readonly NativeBuffer logits = new();

    /// <summary>Compiles a network.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, is unknown, or has the wrong shape.</exception>
    public CompiledNetwork(NetworkFile network)
    {
        Settings = network.Settings;
        TensorsByName tensors = new(network.Tensors);
        layers = Settings.Network == NetworkType.Fnn
            ? new CompiledHiddenLayers(Settings.HiddenLayers, tensors)
            : new CompiledRecurrentLayers(Settings.RecurrentModules, tensors);
        output = Compile(Settings.Output, tensors);
        tensors.ThrowIfAnyIsLeft();
        if (network.Calibration is not null)
        {
            calibration = network.Calibration;
            similarity = new SimilarityLayer(calibration.Prototypes.Values, (int)calibration.Prototypes.Shape[0], Settings.FeatureCount);
        }
    }

    /// <summary>The architecture.</summary>
    public NetworkSettings Settings { get; }

    /// <summary>Loads a network.</summary>
    /// <param name="file">A safetensors file, such as <c>DigitNetwork.ToSafeTensors</c> returns.</param>
    /// <param name="settings">The architecture, for a file without metadata; otherwise null.</param>
    /// <exception cref="InvalidDataException">The file is damaged or contains a different network; see <see cref="NetworkFile.Parse"/>.</exception>
    public static CompiledNetwork Load(ReadOnlySpan<byte> file, NetworkSettings? settings = null) => new(NetworkFile.Parse(file, settings));

    /// <summary>Computes the logits of images.</summary>
    /// <param name="images">One or more images.</param>
    /// <returns>For each image, the logits of the digits 0 to 9.</returns>
    public IReadOnlyList<float[]> Logits(IReadOnlyList<IDigit> images) => Output(Compute(images).Data, layers.FeatureStride, images.Count);

    /// <summary>Computes the features of images: the inputs of the output layer.</summary>
    /// <param name="images">One or more images.</param>
    /// <returns>For each image, [features].</returns>
    public IReadOnlyList<float[]> Features(IReadOnlyList<IDigit> images)
    {
        NativeFloats values = Compute(images);
        return [.. Enumerable.Range(0, images.Count).Select(i => new Span<float>(values.Data + ((long)i * layers.FeatureStride), Settings.FeatureCount).ToArray())];
    }

    /// <summary>Computes how familiar images are: see <see cref="Calibration"/>.</summary>
    /// <param name="images">One or more images.</param>
    /// <exception cref="InvalidOperationException">The network is not calibrated.</exception>
    public IReadOnlyList<float> Familiarity(IReadOnlyList<IDigit> images)
    {
        float* values = Compute(images).Data;
        return calibration is null
            ? throw new InvalidOperationException("The network is not calibrated.")
            : [.. Output(values, layers.FeatureStride, images.Count).Zip(similarity!.Compute(values, layers.FeatureStride, images.Count), (image, cosine) => Familiarity(image, cosine, calibration))];
    }

    /// <inheritdoc />
    public IReadOnlyList<Classification> Classify(IReadOnlyList<IDigit> images) => Classify(Compute(images).Data, layers.FeatureStride, images.Count);

    /// <inheritdoc />
    public IReadOnlyList<Classification> Trace(IDigit image)
    {
        if (!layers.ReadsRowsInOrder)
        {
            // This network does not read only rows in order, so classify the image with the remaining rows blank.
            return Classify([.. Enumerable.Range(1, DigitImage.Side).Select(rows => new UpperRows(image, rows))]);
        }

        return ClassifyAndTrace([], [image]).Traced[0];
    }

    /// <inheritdoc />
    public (IReadOnlyList<Classification> Classified, IReadOnlyList<IReadOnlyList<Classification>> Traced) ClassifyAndTrace(IReadOnlyList<IDigit> images, IReadOnlyList<IDigit> traced)
    {
        if (traced.Count == 0 || !layers.ReadsRowsInOrder)
        {
            return (images.Count == 0 ? [] : Classify(images), [.. traced.Select(Trace)]);
        }

        NativeFloats input = CopyPixels([.. traced, .. images]);
        int count = traced.Count + images.Count;
        int rows = traced.Count * DigitImage.Side;
        int imageStride = DigitImage.Side * layers.FeatureStride;
        NativeFloats values = features.AtLeast((long)count * imageStride);
        layers.ComputeAfterEachRow(input, count, values);
        Classification[] afterEachRow = Classify(values.Data, layers.FeatureStride, rows);

        // Of the other images, only the features after the last row matter.
        float* last = values.Data + ((long)traced.Count * imageStride) + imageStride - layers.FeatureStride;
        return (images.Count == 0 ? [] : Classify(last, imageStride, images.Count), [.. afterEachRow.Chunk(DigitImage.Side)]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        layers.Dispose();
        output.Dispose();
        similarity?.Dispose();
        pixels.Dispose();
        features.Dispose();
        logits.Dispose();
    }

    internal static LinearLayer Compile(LinearShape shape, TensorsByName tensors) => LinearLayer.Create(
        shape,
        tensors.Take(shape.Weight.Name, shape.Weight.Sizes).Values,
        tensors.Take(shape.Bias.Name, shape.Bias.Sizes).Values);

    private NativeFloats Compute(IReadOnlyList<IDigit> images)
    {
        ArgumentOutOfRangeException.ThrowIfZero(images.Count);
        NativeFloats input = CopyPixels(images);
        NativeFloats values = features.AtLeast((long)images.Count * layers.FeatureStride);
        layers.Compute(input, images.Count, values);
        return values;
    }

    private Classification[] Classify(float* values, int stride, int count)
    {
        float[][] all = Output(values, stride, count);
        if (calibration is null)
        {
            return Array.ConvertAll(all, image => new Classification(Softmax.Of(image, temperature: 1), IsDigit: null));
        }

        float[] similarities = similarity!.Compute(values, stride, count);
        return [.. all.Zip(similarities, (image, cosine) => new Classification(
            Softmax.Of(image, calibration.TemperatureFor(cosine)),
            Familiarity(image, cosine, calibration) >= calibration.MinFamiliarity))];
    }

    private static float Familiarity(float[] logits, float cosine, Calibration calibration) => calibration.Familiarity(cosine, Softmax.LogSum(logits, calibration.Temperature));

    private NativeFloats CopyPixels(IReadOnlyList<IDigit> images)
    {
        NativeFloats input = pixels.AtLeast((long)images.Count * DigitImage.PixelCount);
        for (int i = 0; i < images.Count; i++)
        {
            images[i].CopyTo(new Span<float>(input.Data + (i * DigitImage.PixelCount), DigitImage.PixelCount));
        }

        return input;
    }

    private float[][] Output(float* values, int stride, int count)
    {
        NativeFloats result = logits.AtLeast((long)count * output.OutputStride);
        output.Forward(values, stride, result.Data, count);
        return [.. Enumerable.Range(0, count).Select(i => new Span<float>(result.Data + (i * output.OutputStride), NetworkSettings.ClassCount).ToArray())];
    }
}
