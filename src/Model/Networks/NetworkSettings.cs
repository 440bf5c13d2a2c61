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
}
