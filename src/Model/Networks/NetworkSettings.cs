namespace RnnService.Model.Networks;

/// <summary>What a network is made of, apart from its weights.</summary>
/// <param name="Network">Its kind.</param>
/// <param name="HiddenSize">Units of the hidden state.</param>
public sealed record NetworkSettings(NetworkType Network, int HiddenSize);
