using System.Globalization;
using System.Text.Json;
using RnnService.Model.Images;
using RnnService.Model.Networks;
using static RnnService.Model.Formats.OnnxFields;

namespace RnnService.Model.Formats;

/// <summary>
/// Writes a trained network as an ONNX model, which ONNX Runtime and others run without us. Input <c>image</c>: float32 [N, 28, 28],
/// pixels from 0 (background) to 1 (ink). Output <c>probabilities</c>: float32 [N, 10]. N is free.
/// Source: the ONNX IR and operator specifications.
/// </summary>
public static class OnnxModelWriter
{
    // Both were there in ONNX 1.10, of 2021. Runtimes read what is older than they are, so older is readable by more.
    private const int IrVersion = 8;
    private const int OperatorSet = 14;
    private const string ProducerName = "RnnService";

    private const string Image = "image";
    private const string Probabilities = "probabilities";

    /// <summary>The model's bytes: the same weights give the same bytes.</summary>
    /// <param name="settings">What the network is made of.</param>
    /// <param name="weights">What <see cref="DigitNetwork.ToSafeTensors"/> gave for the same settings.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, or of another shape.</exception>
    public static byte[] Write(NetworkSettings settings, SafeTensors weights)
    {
        TensorsByName tensors = new(weights.Tensors);
        OnnxGraph graph = new("digits");

        graph.AddInput(Image, "Digits, one row of pixels after the other, each pixel from 0 (background) to 1 (ink).", DigitImage.Side, DigitImage.Side);
        OnnxValue features = settings.Network == NetworkType.Fnn
            ? OnnxFeedForwardLayers.Add(graph, Image, settings, tensors)
            : new OnnxRecurrentLayers(graph, settings, tensors).Add(Image);
        OnnxValue logits = OnnxLinearLayer.Add(graph, "output", features, DigitNetwork.ClassCount, tensors);
        graph.AddNode("Softmax", [logits.Name], [Probabilities]);
        graph.AddOutput(Probabilities, "Of the digits 0 to 9, in that order.", DigitNetwork.ClassCount);

        tensors.ThrowIfAnyIsLeft();
        return Model(settings, graph).ToBytes();
    }

    private static ProtobufMessage Model(NetworkSettings settings, OnnxGraph graph) => new ProtobufMessage()
        .With(ModelProto.IrVersion, IrVersion)
        .With(ModelProto.OpsetImport, new ProtobufMessage().With(OperatorSetIdProto.Version, OperatorSet))
        .With(ModelProto.ProducerName, ProducerName)
        .With(ModelProto.DocString, "Tells handwritten digits apart.")
        .WithEach(ModelProto.MetadataProps, Metadata(settings))
        .With(ModelProto.Graph, graph.Message);

    private static IEnumerable<ProtobufMessage> Metadata(NetworkSettings settings) =>
    [
        Metadata("network", Word(settings.Network.ToString())),
        Metadata("hiddenSize", settings.HiddenSize.ToString(CultureInfo.InvariantCulture)),
        Metadata("layers", settings.Layers.ToString(CultureInfo.InvariantCulture)),
        Metadata("bidirectional", Word(settings.Bidirectional.ToString())),
        Metadata("reading", Word(settings.Reading.ToString())),
    ];

    private static ProtobufMessage Metadata(string key, string value) => new ProtobufMessage()
        .With(StringStringEntryProto.Key, key)
        .With(StringStringEntryProto.Value, value);

    /// <summary>As the service's JSON has it.</summary>
    private static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
