using RnnService.Model.Formats;
using RnnService.Model.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Formats;

/// <summary>
/// What a network calculates, put together from PyTorch's own modules without our network code. Its weights are random, and large
/// enough to matter. It calculates in double precision: PyTorch then does so by itself, and not with oneDNN.
/// </summary>
internal sealed class StockNetwork : IDisposable
{
    private readonly Func<Tensor, Tensor> features;
    private readonly Linear output;
    private readonly List<(string Name, nn.Module Module)> modules = [];

    public StockNetwork(NetworkSettings settings)
    {
        string kind = settings.Network.ToString().ToLowerInvariant();
        int readings = settings.Reading == ReadingOrder.Rows ? 1 : 2;
        int states = settings.HiddenSize * (settings.Bidirectional ? 2 : 1);
        if (settings.Network == NetworkType.Fnn)
        {
            features = FeedForward(settings);
            output = Add("output", nn.Linear(settings.HiddenSize, 10));
        }
        else
        {
            Func<Tensor, Tensor> rows = Recurrent(kind, settings);
            Func<Tensor, Tensor>? columns = readings == 1 ? null : Recurrent($"{kind}_columns", settings);
            features = images => columns is null ? rows(images) : cat([rows(images), columns(images.transpose(1, 2))], 1);
            output = Add("output", nn.Linear(readings * states, 10));
        }

        using IDisposable noGradient = no_grad();
        using Generator generator = new(7, CPU);
        foreach (Parameter weight in modules.SelectMany(module => module.Module.parameters()))
        {
            weight.uniform_(-0.5, 0.5, generator);
        }

        output.weight.mul_(4); // so that the image decides, and not the bias

        Weights = new SafeTensors([.. modules.SelectMany(module => module.Module.named_parameters(), (module, weight) =>
            new NamedTensor($"{module.Name}.{weight.name}", weight.parameter.shape, weight.parameter.data<float>().ToArray()))]);
        modules.ForEach(module => module.Module.to(ScalarType.Float64));
    }

    public SafeTensors Weights { get; }

    /// <summary>Pixels of N images to [N, 10].</summary>
    public float[] Probabilities(float[] pixels)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor images = tensor(pixels, [pixels.Length / 784, 28, 28], ScalarType.Float64);
        return nn.functional.softmax(output.call(features(images)), 1).to(ScalarType.Float32).data<float>().ToArray();
    }

    public void Dispose() => modules.ForEach(module => module.Module.Dispose());

    private Func<Tensor, Tensor> FeedForward(NetworkSettings settings)
    {
        Linear[] layers = [.. Enumerable.Range(0, settings.Layers).Select(layer => Add($"hidden_l{layer}", nn.Linear(layer == 0 ? 784 : settings.HiddenSize, settings.HiddenSize)))];
        return images => layers.Aggregate(images.flatten(1), (values, layer) => nn.functional.relu(layer.call(values)));
    }

    /// <summary>The last layer's last states, forward and backward: the end of h_n, [layers · directions, N, hidden].</summary>
    private Func<Tensor, Tensor> Recurrent(string name, NetworkSettings settings)
    {
        Func<Tensor, Tensor> lastStates;
        switch (settings.Network)
        {
            case NetworkType.Lstm:
                LSTM lstm = Add(name, nn.LSTM(28, settings.HiddenSize, settings.Layers, batchFirst: true, bidirectional: settings.Bidirectional));
                lastStates = steps => lstm.call(steps).Item2;
                break;
            case NetworkType.Gru:
                GRU gru = Add(name, nn.GRU(28, settings.HiddenSize, settings.Layers, batchFirst: true, bidirectional: settings.Bidirectional));
                lastStates = steps => gru.call(steps).Item2;
                break;
            default:
                RNN rnn = Add(name, nn.RNN(28, settings.HiddenSize, settings.Layers, nn.NonLinearities.Tanh, batchFirst: true, bidirectional: settings.Bidirectional));
                lastStates = steps => rnn.call(steps).Item2;
                break;
        }

        int directions = settings.Bidirectional ? 2 : 1;
        return steps => cat(lastStates(steps.contiguous()).unbind(0)[^directions..], 1);
    }

    private T Add<T>(string name, T module)
        where T : nn.Module
    {
        modules.Add((name, module));
        return module;
    }
}
