using RnnService.Model.Architecture;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Onnx;

/// <summary>Adds the temperature of a calibrated network to a graph. It depends on how similar an image's features are to the prototypes: see <see cref="Calibration.TemperatureFor"/>.</summary>
internal static class OnnxCalibration
{
    private const string Prefix = "calibration";

    // The features of a feed-forward network can all be 0; their similarity is 0 then.
    private const float SmallestLength = 1e-20f;

    /// <summary>Logits [N, 10] to logits divided by the temperature, [N, 10].</summary>
    /// <param name="graph">The graph to add it to.</param>
    /// <param name="features">The inputs of the output layer.</param>
    /// <param name="logits">The outputs of the output layer.</param>
    /// <param name="calibration">The calibration.</param>
    public static OnnxValue Add(OnnxGraph graph, OnnxValue features, OnnxValue logits, Calibration calibration)
    {
        string typical = Constant("temperature", calibration.Temperature);
        if (calibration.TemperatureSlope == 0)
        {
            // The exports of networks of earlier versions stay the same, byte for byte: a client may continue a download.
            return Divide(typical);
        }

        string prototypes = graph.AddTensor(calibration.Prototypes);
        string products = Add("Gemm", "products", [features.Name, prototypes], OnnxGraph.Attribute("transB", 1));
        string nearest = Add("ReduceMax", "nearest", [products], OnnxGraph.Attribute("axes", [1]));
        string length = Add("Max", "length", [Add("ReduceL2", "norm", [features.Name], OnnxGraph.Attribute("axes", [1])), Constant("smallest", SmallestLength)]);
        string below = Add("Sub", "below", [Constant("typical", calibration.TypicalSimilarity), Add("Div", "similarity", [nearest, length])]);
        string rise = Add("Mul", "rise", [below, Constant("slope", calibration.Temperature * calibration.TemperatureSlope)]);
        return Divide(Add("Max", "temperatures", [typical, Add("Add", "risen", [rise, typical])]));

        OnnxValue Divide(string temperature)
        {
            const string calibrated = "logits.calibrated";
            graph.AddNode("Div", [logits.Name, temperature], [calibrated]);
            return new OnnxValue(calibrated, logits.Width);
        }

        string Add(string operatorName, string result, IReadOnlyList<string> inputs, params IEnumerable<ProtobufMessage> attributes)
        {
            string name = $"{Prefix}.{result}";
            graph.AddNode(operatorName, inputs, [name], attributes);
            return name;
        }

        string Constant(string name, float value) => graph.AddTensor(new NamedTensor($"{Prefix}.{name}", [1], new[] { value }));
    }
}
