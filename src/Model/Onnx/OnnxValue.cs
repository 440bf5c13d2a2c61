namespace RnnService.Model.Onnx;

/// <summary>A value in a graph, which layers read and give.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Width">Its last size: how many numbers it has for each image, or for each image and time step.</param>
internal sealed record OnnxValue(string Name, long Width);
