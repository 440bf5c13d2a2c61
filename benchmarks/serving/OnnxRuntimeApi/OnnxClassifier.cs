using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>Classifies one image per call with ONNX Runtime. Sessions are thread-safe, so all requests share one.</summary>
internal sealed class OnnxClassifier : IDisposable
{
    private static readonly long[] Shape = [1, PngPixels.Side, PngPixels.Side];

    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly string[] inputs;
    private readonly string[] outputs;

    /// <param name="path">The path of the ONNX file.</param>
    /// <param name="intraOpThreads">Intra-op threads; 0 for ONNX Runtime's default, one per physical core.</param>
    public OnnxClassifier(string path, int intraOpThreads)
    {
        using SessionOptions options = new() { IntraOpNumThreads = intraOpThreads };
        session = new InferenceSession(path, options);
        inputs = [.. session.InputNames];
        outputs = [.. session.OutputNames];
    }

    /// <summary>Returns the ten probabilities of an image.</summary>
    public float[] Classify(float[] pixels)
    {
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(pixels, Shape);
        using IDisposableReadOnlyCollection<OrtValue> answers = session.Run(run, inputs, [image], outputs);
        return answers[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        session.Dispose();
        run.Dispose();
    }
}
