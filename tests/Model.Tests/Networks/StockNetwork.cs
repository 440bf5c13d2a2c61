using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Networks;

/// <summary>A network built from TorchSharp's modules with the weights of another network, as the reference for our kernels.</summary>
internal sealed class StockNetwork : nn.Module<Tensor, Tensor>
{
    private readonly NetworkSettings settings;
    private readonly List<(nn.Module Module, bool ReadsColumns)> stacks = [];
    private readonly Linear output;

    public StockNetwork(DigitNetwork original)
        : base(nameof(StockNetwork))
    {
        settings = original.Settings;
        foreach (RecurrentShape module in settings.RecurrentModules)
        {
            AddStack(module.Module, module.ReadsColumns);
        }

        output = nn.Linear(stacks.Count * settings.HiddenSize * (settings.Bidirectional ? 2 : 1), NetworkSettings.ClassCount);
        register_module(nameof(output), output);

        using IDisposable noGradient = no_grad();
        Dictionary<string, Parameter> weights = original.named_parameters().ToDictionary(weight => weight.name, weight => weight.parameter);
        foreach ((string weight, Parameter parameter) in named_parameters())
        {
            parameter.copy_(weights[weight]);
        }
    }

    public override Tensor forward(Tensor input) => output.call(cat(
        [.. stacks.Select(stack => LastHidden(stack.Module, stack.ReadsColumns ? input.transpose(1, 2) : input))], 1));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stacks.ForEach(stack => stack.Module.Dispose());
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    private void AddStack(string name, bool readsColumns)
    {
        (int hidden, int layers, bool bidirectional) = (settings.HiddenSize, settings.Layers, settings.Bidirectional);
        nn.Module stack = settings.Network switch
        {
            NetworkType.Lstm => nn.LSTM(DigitImage.Side, hidden, layers, batchFirst: true, bidirectional: bidirectional),
            NetworkType.Gru => nn.GRU(DigitImage.Side, hidden, layers, batchFirst: true, bidirectional: bidirectional),
            _ => nn.RNN(DigitImage.Side, hidden, layers, batchFirst: true, bidirectional: bidirectional),
        };
        register_module(name, stack);
        stacks.Add((stack, readsColumns));
    }

    /// <summary>The final hidden states of the last layer in all directions: [N, directions · hidden].</summary>
    private Tensor LastHidden(nn.Module stack, Tensor input)
    {
        Tensor states = stack switch
        {
            LSTM lstm => lstm.call(input).Item2,
            GRU gru => gru.call(input).Item2,
            _ => ((RNN)stack).call(input).Item2,
        };
        int directions = settings.Bidirectional ? 2 : 1;
        return states.narrow(0, states.shape[0] - directions, directions).transpose(0, 1).flatten(1);
    }
}
