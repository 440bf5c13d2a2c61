namespace RnnService.Model.Networks;

/// <summary>The kinds of network that can be trained.</summary>
public enum NetworkType
{
    /// <summary>Long short-term memory: Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et al., 2000.</summary>
    Lstm,
}
