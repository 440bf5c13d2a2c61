using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Onnx;

/// <summary>Adds the hidden layers of a feed-forward network to a graph: all pixels at once, through rectified linear units.</summary>
internal static class OnnxFeedForwardLayers
{
    /// <summary>Images [N, 28, 28] to features [N, width].</summary>
    /// <param name="graph">The graph to add them to.</param>
    /// <param name="images">Name of the input.</param>
    /// <param name="settings">The architecture.</param>
    /// <param name="tensors">The weights.</param>
    public static OnnxValue Add(OnnxGraph graph, string images, NetworkSettings settings, TensorsByName tensors)
    {
        OnnxValue values = new("pixels", DigitImage.PixelCount);
        graph.AddNode("Flatten", [images], [values.Name], OnnxGraph.Attribute("axis", 1));
        foreach (LinearShape layer in settings.HiddenLayers)
        {
            OnnxValue sums = OnnxLinearLayer.Add(graph, layer, values, tensors);
            values = sums with { Name = layer.Module };
            graph.AddNode("Relu", [sums.Name], [values.Name]);
        }

        return values;
    }
}
