namespace RnnService.Model.Onnx;

/// <summary>A value in a graph: an input or output of a layer.</summary>
/// <param name="Name">The value's name in the graph.</param>
/// <param name="Width">The last dimension of its shape: the number of features for each image, or for each image and time step.</param>
internal sealed record OnnxValue(string Name, long Width);
