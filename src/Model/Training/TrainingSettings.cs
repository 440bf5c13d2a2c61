using System.ComponentModel.DataAnnotations;
using RnnService.Model.Data;
using RnnService.Model.Networks;

namespace RnnService.Model.Training;

/// <summary>Everything that decides what a training gives: the same settings on the same machine give the same weights.</summary>
public sealed record TrainingSettings
{
    private const string RangeFault = "must be from {1} to {2}.";

    /// <summary>The recipe that the other settings began from.</summary>
    public TrainingPreset Preset { get; init; } = TrainingPreset.Article;

    /// <summary>The kind of network.</summary>
    public NetworkType Network { get; init; } = NetworkType.Lstm;

    /// <summary>Units of the hidden state. 1 to 1,024; 256 by default.</summary>
    [Range(1, 1024, ErrorMessage = RangeFault)]
    public int HiddenSize { get; init; } = 256;

    /// <summary>How often every training image is seen. 1 to 1,000; 13 by default.</summary>
    [Range(1, 1000, ErrorMessage = RangeFault)]
    public int Epochs { get; init; } = 13;

    /// <summary>Images for each step of the optimiser. 1 to 1,000; 100 by default.</summary>
    [Range(1, 1000, ErrorMessage = RangeFault)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Adam's step size. 0.000001 to 1; 0.001 by default.</summary>
    [Range(0.000001, 1.0, ErrorMessage = "must be from 0.000001 to 1.")]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>What everything random is drawn from. 0 to 2,147,483,647; 1 by default.</summary>
    [Range(0, int.MaxValue, ErrorMessage = RangeFault)]
    public int Seed { get; init; } = 1;

    /// <summary>The data set's name. "mnist" by default.</summary>
    public string Dataset { get; init; } = DatasetCatalog.Mnist;

    /// <summary>How many of the training images are used, from the first; null for all of them, which is the default.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be at least {1}.")]
    public int? TrainingImages { get; init; }

    /// <summary>What the network is made of.</summary>
    public NetworkSettings NetworkSettings => new(Network, HiddenSize);

    /// <summary>A recipe's settings.</summary>
    /// <param name="preset">The recipe.</param>
    public static TrainingSettings For(TrainingPreset preset) => preset switch
    {
        TrainingPreset.Article => new TrainingSettings(),
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "There is no such preset."),
    };
}
