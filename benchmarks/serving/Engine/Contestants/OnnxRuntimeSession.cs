using Microsoft.ML.OnnxRuntime;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Engine.Contestants;

/// <summary>ONNX Runtime with a given number of threads.</summary>
internal sealed class OnnxRuntimeSession : IContestant
{
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly string[] inputs;
    private readonly string[] outputs;
    private float[] pixels = [];

    /// <param name="model">The contents of model.onnx.</param>
    /// <param name="threads">Intra-op threads; null for ONNX Runtime's default.</param>
    public OnnxRuntimeSession(byte[] model, int? threads)
    {
        Name = threads is int count ? $"ONNX Runtime, {count} intra-op {(count == 1 ? "thread" : "threads")}" : "ONNX Runtime, its defaults";
        using SessionOptions options = new();
        if (threads is int given)
        {
            options.IntraOpNumThreads = given;
        }

        session = new InferenceSession(model, options);
        inputs = [.. session.InputNames];
        outputs = [.. session.OutputNames];
    }

    public string Name { get; }

    public float[] Classify(IReadOnlyList<DigitImage> images)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(Pixels(images), [images.Count, DigitImage.Side, DigitImage.Side]);
        using IDisposableReadOnlyCollection<OrtValue> answers = session.Run(run, inputs, [input], outputs);
        return answers[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        session.Dispose();
        run.Dispose();
    }

    /// <summary>Pixels [N, 28, 28] from 0 to 1, in an array that is reused while N stays the same.</summary>
    private float[] Pixels(IReadOnlyList<DigitImage> images)
    {
        if (pixels.Length != images.Count * DigitImage.PixelCount)
        {
            pixels = new float[images.Count * DigitImage.PixelCount];
        }

        for (int i = 0; i < images.Count; i++)
        {
            ReadOnlySpan<byte> bytes = images[i].Pixels;
            Span<float> floats = pixels.AsSpan(i * DigitImage.PixelCount, DigitImage.PixelCount);
            for (int j = 0; j < floats.Length; j++)
            {
                floats[j] = bytes[j] / 255f;
            }
        }

        return pixels;
    }
}
