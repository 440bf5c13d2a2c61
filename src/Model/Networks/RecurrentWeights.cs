using RnnService.Model.Architecture;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>The weights of stacked recurrent layers, as a torch module with PyTorch's names and shapes. They are zero until they are initialized.</summary>
internal sealed class RecurrentWeights : nn.Module
{
    public RecurrentWeights(RecurrentShape shape)
        : base(shape.Module)
    {
        List<Parameter> all = [];
        foreach (WeightShape weight in shape.Weights)
        {
            Parameter parameter = new(zeros([.. weight.Sizes]));
            register_parameter(weight.Name[(shape.Module.Length + 1)..], parameter);
            all.Add(parameter);
        }

        All = all;
    }

    /// <summary>All weights, in the order of <see cref="RecurrentShape.Weights"/>.</summary>
    public IReadOnlyList<Parameter> All { get; }
}
