using RnnService.Model.Architecture;
using RnnService.Model.Images;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>A recurrent layer and a linear layer on its last hidden state, built from TorchSharp's modules with their default initialization.</summary>
internal sealed class StockNetwork : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module recurrent;
    private readonly Linear output;
    private readonly Func<Tensor, Tensor> lastHidden;

    /// <param name="network">The type of the recurrent layer.</param>
    /// <param name="hiddenSize">The size of the hidden state.</param>
    public StockNetwork(NetworkType network, int hiddenSize)
        : base(nameof(StockNetwork))
    {
        switch (network)
        {
            case NetworkType.Lstm:
                LSTM lstm = nn.LSTM(DigitImage.Side, hiddenSize, batchFirst: true);
                (recurrent, lastHidden) = (lstm, images => lstm.call(images).Item2);
                break;
            case NetworkType.Gru:
                GRU gru = nn.GRU(DigitImage.Side, hiddenSize, batchFirst: true);
                (recurrent, lastHidden) = (gru, images => gru.call(images).Item2);
                break;
            case NetworkType.Rnn:
                RNN rnn = nn.RNN(DigitImage.Side, hiddenSize, batchFirst: true);
                (recurrent, lastHidden) = (rnn, images => rnn.call(images).Item2);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(network), network, "TorchSharp has no such recurrent layer.");
        }

        output = nn.Linear(hiddenSize, NetworkSettings.ClassCount);
        RegisterComponents();
    }

    /// <summary>Maps float32 images [N, 28, 28] to logits [N, 10].</summary>
    public override Tensor forward(Tensor input) => output.call(lastHidden(input).squeeze(0));

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            recurrent.Dispose();
            output.Dispose();
        }

        base.Dispose(disposing);
    }
}
