using RnnService.Model.Images;
using RnnService.Model.Networks;

namespace RnnService.Model.Formats;

/// <summary>Adds the hidden layers of a feed-forward network to a graph: all pixels at once, through rectified linear units.</summary>
internal static class OnnxFeedForwardLayers
{
    /// <summary>Reads images [N, 28, 28] to features [N, width].</summary>
    /// <param name="graph">Where they are added.</param>
    /// <param name="images">What they read.</param>
    /// <param name="settings">What the network is made of.</param>
    /// <param name="tensors">Where their weights are taken from.</param>
    public static OnnxValue Add(OnnxGraph graph, string images, NetworkSettings settings, TensorsByName tensors)
    {
        OnnxValue values = new("pixels", DigitImage.PixelCount);
        graph.AddNode("Flatten", [images], [values.Name], OnnxGraph.Attribute("axis", 1));
        for (int layer = 0; layer < settings.Layers; layer++)
        {
            string module = $"hidden_l{layer}";
            OnnxValue sums = OnnxLinearLayer.Add(graph, module, values, settings.HiddenSize, tensors);
            values = sums with { Name = module };
            graph.AddNode("Relu", [sums.Name], [values.Name]);
        }

        return values;
    }
}
