namespace RnnService.Model.Architecture;

/// <summary>A linear layer: its weight is [outputs, inputs], its bias [outputs].</summary>
/// <param name="Module">Name of the module, which is the prefix of its tensors' names.</param>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Outputs">Number of outputs.</param>
internal sealed record LinearShape(string Module, int Inputs, int Outputs)
{
    public WeightShape Weight => new($"{Module}.weight", Outputs, Inputs);

    public WeightShape Bias => new($"{Module}.bias", Outputs);

    public IEnumerable<WeightShape> Weights => [Weight, Bias];
}
