namespace RnnService.Model.Architecture;

/// <summary>The kinds of network that can be trained.</summary>
public enum NetworkType
{
    /// <summary>Long short-term memory: Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et al., 2000.</summary>
    Lstm,

    /// <summary>Gated recurrent unit: Cho et al., 2014, in the form of PyTorch and cuDNN (the reset gate after the product).</summary>
    Gru,

    /// <summary>Plain recurrent network with tanh: Elman, 1990.</summary>
    Rnn,

    /// <summary>Feed-forward network: all 784 pixels at once through hidden layers of rectified linear units.</summary>
    Fnn,
}
