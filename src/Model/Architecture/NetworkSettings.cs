using RnnService.Model.Images;

namespace RnnService.Model.Architecture;

/// <summary>The architecture of a network: everything about it except its weights.</summary>
/// <param name="Network">The kind of network.</param>
/// <param name="HiddenSize">Units of the hidden state, in each layer and direction. At least 1.</param>
public sealed record NetworkSettings(NetworkType Network, int HiddenSize)
{
    /// <summary>Number of classes: the digits 0 to 9.</summary>
    public const int ClassCount = 10;

    /// <summary>Stacked hidden layers. At least 1; 1 by default.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also reads backward, with its own weights. Recurrent networks only.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The order in which images are read. Recurrent networks only.</summary>
    public ReadingOrder Reading { get; init; }

    /// <summary>
    /// Networks of this architecture that are trained together, each with its own weights and its own loss. The logits are the mean of theirs. At least 1; 1 by default. Recurrent networks only.
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>Fraction of the inputs of every layer but the first, including the output layer, that is dropped during training: 0 to 0.9.</summary>
    public double Dropout { get; init; }

    /// <summary>Number of learned parameters.</summary>
    public long ParameterCount => Weights.Sum(weight => weight.Count);

    /// <summary>All tensors, in the network's order.</summary>
    internal IEnumerable<WeightShape> Weights =>
        RecurrentModules.SelectMany(module => module.Weights).Concat(HiddenLayers.Concat([Output]).SelectMany(layer => layer.Weights));

    /// <summary>
    /// The recurrent modules of all members, each member's together: one for the rows, one for the columns, or both, depending on <see cref="Reading"/>. Empty for a feed-forward network.
    /// </summary>
    internal IEnumerable<RecurrentShape> RecurrentModules => Enumerable.Range(1, Network == NetworkType.Fnn ? 0 : Members).SelectMany(ModulesOf);

    /// <summary>The hidden layers of a feed-forward network. Empty for a recurrent one.</summary>
    internal IEnumerable<LinearShape> HiddenLayers => Enumerable.Range(0, Network == NetworkType.Fnn ? Layers : 0)
        .Select(layer => new LinearShape($"hidden_l{layer}", layer == 0 ? DigitImage.PixelCount : HiddenSize, HiddenSize));

    /// <summary>The output layer: features to logits.</summary>
    internal LinearShape Output => new("output", FeatureCount, ClassCount);

    /// <summary>Approximate number of values per image that training keeps from the forward pass for the backward pass.</summary>
    internal long ActivationCount => Network == NetworkType.Fnn
        ? 4L * Layers * HiddenSize
        : DigitImage.Side * RecurrentModules.Sum(module => module.Directions * Enumerable.Range(0, Layers).Sum(
            layer => module.InputSizeOf(layer) + ((long)HiddenSize * (module.Cell.Gates.Count + 5))));

    /// <summary>Number of features: the inputs of the output layer.</summary>
    internal int FeatureCount => Network == NetworkType.Fnn ? HiddenSize : RecurrentModules.Sum(module => module.FeatureCount);

    /// <summary>Number of features of one member.</summary>
    internal int MemberFeatureCount => FeatureCount / Members;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 1);
        if (!Enum.IsDefined(Network))
        {
            throw new ArgumentOutOfRangeException(nameof(Network), Network, "Unknown kind of network.");
        }

        if (Network == NetworkType.Fnn && Members > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(Members), Members, "A feed-forward network has one member.");
        }

        if (Reading == ReadingOrder.RowsOrColumns && Members == 1)
        {
            throw new ArgumentOutOfRangeException(nameof(Reading), Reading, "A network with one member reads rows, or rows and columns.");
        }

        if (Dropout is not (>= 0 and <= 0.9))
        {
            throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "Dropout must be from 0 to 0.9.");
        }
    }

    private IEnumerable<RecurrentShape> ModulesOf(int member)
    {
        CellDescription cell = CellDescription.Of(Network);
        string module = member == 1 ? cell.Module : $"{cell.Module}_{member}";
        RecurrentShape rows = new(module, ReadsColumns: false, cell, DigitImage.Side, HiddenSize, Layers, Bidirectional ? 2 : 1);
        RecurrentShape columns = rows with { Module = $"{module}_columns", ReadsColumns = true };
        bool readsRows = Reading != ReadingOrder.RowsOrColumns || member % 2 == 1;
        if (readsRows)
        {
            yield return rows;
        }

        if (!readsRows || Reading == ReadingOrder.RowsAndColumns)
        {
            yield return columns;
        }
    }
}
