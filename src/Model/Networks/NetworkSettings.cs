using RnnService.Model.Images;

namespace RnnService.Model.Networks;

/// <summary>What a network is made of, apart from its weights.</summary>
/// <param name="Network">Its kind.</param>
/// <param name="HiddenSize">Units of the hidden state, in each layer and direction.</param>
public sealed record NetworkSettings(NetworkType Network, int HiddenSize)
{
    /// <summary>Hidden layers, one upon the other. 1 by default.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also reads backwards, with weights of its own. Recurrent networks only.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>In which order images are read. Recurrent networks only.</summary>
    public ReadingOrder Reading { get; init; }

    /// <summary>Share of the inputs of every layer but the first, the output layer included, that are dropped while training: 0 to 0.9.</summary>
    public double Dropout { get; init; }

    /// <summary>How many numbers a network of these settings learns.</summary>
    public long ParameterCount
    {
        get
        {
            long layers = LayersAndDirections.Sum(inputs => GateCount * (long)HiddenSize * (inputs + (Network == NetworkType.Fnn ? 1 : HiddenSize + 2)));
            return layers + (DigitNetwork.ClassCount * ((long)FeatureCount + 1));
        }
    }

    /// <summary>Numbers that the output layer sees.</summary>
    internal int FeatureCount => HiddenSize * Directions * Readings;

    /// <summary>Numbers that training keeps of each image between its forward and its backward pass, in round figures.</summary>
    internal long ActivationCount => Network == NetworkType.Fnn
        ? 4L * Layers * HiddenSize
        : DigitImage.Side * LayersAndDirections.Sum(inputs => inputs + ((long)HiddenSize * (GateCount + 5)));

    private int Directions => Bidirectional ? 2 : 1;

    private int Readings => Reading == ReadingOrder.Rows ? 1 : 2;

    private int GateCount => Network switch
    {
        NetworkType.Lstm => 4,
        NetworkType.Gru => 3,
        _ => 1,
    };

    /// <summary>The inputs of each layer in each direction and reading.</summary>
    private IEnumerable<long> LayersAndDirections => Enumerable.Range(0, Layers).SelectMany(layer => Enumerable.Repeat(
        layer > 0 ? (long)HiddenSize * Directions : Network == NetworkType.Fnn ? DigitImage.PixelCount : DigitImage.Side,
        Directions * Readings));
}
