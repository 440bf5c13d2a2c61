using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.SafeTensors;
using static RnnService.Model.Onnx.OnnxFields;

namespace RnnService.Model.Onnx;

/// <summary>
/// Exports a trained network as an ONNX model, which ONNX Runtime and other runtimes can run. Input <c>image</c>: float32 [N, 28, 28],
/// pixels from 0 (background) to 1 (ink). Output <c>probabilities</c>: float32 [N, 10], calibrated if the network is. N is dynamic.
/// Source: the ONNX IR and operator specifications.
/// </summary>
public static class OnnxModelWriter
{
    // Both date from ONNX 1.10 (2021). Runtimes support all older versions, so a low version is more widely supported.
    private const int IrVersion = 8;
    private const int OperatorSet = 14;
    private const string ProducerName = "RnnService";

    private const string Image = "image";
    private const string Probabilities = "probabilities";

    /// <summary>The model's bytes: identical networks produce identical bytes.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, is unknown, or has the wrong shape.</exception>
    public static byte[] Write(NetworkFile network)
    {
        TensorsByName tensors = new(network.Tensors);
        OnnxGraph graph = new("digits");

        graph.AddInput(Image, "Digits, row by row, each pixel from 0 (background) to 1 (ink).", DigitImage.Side, DigitImage.Side);
        OnnxValue features = network.Settings.Network == NetworkType.Fnn
            ? OnnxFeedForwardLayers.Add(graph, Image, network.Settings, tensors)
            : OnnxRecurrentLayers.Add(graph, Image, network.Settings, tensors);
        OnnxValue logits = OnnxLinearLayer.Add(graph, network.Settings.Output, features, tensors);
        graph.AddNode("Softmax", [network.Calibration is null ? logits.Name : OnnxCalibration.Add(graph, features, logits, network.Calibration).Name], [Probabilities]);
        graph.AddOutput(Probabilities, "Probabilities of the digits 0 to 9.", NetworkSettings.ClassCount);

        tensors.ThrowIfAnyIsLeft();
        return Model(network.Settings, graph).ToBytes();
    }

    private static ProtobufMessage Model(NetworkSettings settings, OnnxGraph graph) => new ProtobufMessage()
        .With(ModelProto.IrVersion, IrVersion)
        .With(ModelProto.OpsetImport, new ProtobufMessage().With(OperatorSetIdProto.Version, OperatorSet))
        .With(ModelProto.ProducerName, ProducerName)
        .With(ModelProto.DocString, "Classifies handwritten digits.")
        .WithEach(ModelProto.MetadataProps, NetworkMetadata.From(settings).Select(field => new ProtobufMessage()
            .With(StringStringEntryProto.Key, field.Key)
            .With(StringStringEntryProto.Value, field.Value)))
        .With(ModelProto.Graph, graph.Message);
}
