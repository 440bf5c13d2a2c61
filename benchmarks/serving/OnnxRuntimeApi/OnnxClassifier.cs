using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>Asks ONNX Runtime, one image a call. A session may be asked by many threads at once, so all requests share it.</summary>
internal sealed class OnnxClassifier : IDisposable
{
    private static readonly long[] Shape = [1, PngPixels.Side, PngPixels.Side];

    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly string[] inputs;
    private readonly string[] outputs;

    /// <param name="path">The model.</param>
    /// <param name="intraOpThreads">Threads that share one call; 0 as ONNX Runtime has it, one for each physical core.</param>
    public OnnxClassifier(string path, int intraOpThreads)
    {
        using SessionOptions options = new() { IntraOpNumThreads = intraOpThreads };
        session = new InferenceSession(path, options);
        inputs = [.. session.InputNames];
        outputs = [.. session.OutputNames];
    }

    /// <summary>The ten probabilities.</summary>
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
