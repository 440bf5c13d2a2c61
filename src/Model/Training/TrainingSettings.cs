using System.ComponentModel.DataAnnotations;
using RnnService.Model.Data;
using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>Everything that decides what a training gives: the same settings on the same machine give the same weights.</summary>
public sealed record TrainingSettings
{
    private const string RangeFault = "must be from {1} to {2}.";

    /// <summary>The recipe that the other settings began from.</summary>
    public TrainingPreset Preset { get; init; } = TrainingPreset.Article;

    /// <summary>The kind of network.</summary>
    public NetworkType Network { get; init; } = NetworkType.Lstm;

    /// <summary>Units of the hidden state. 1 to 1,024, fewer with many layers and directions; 256 by default.</summary>
    [Range(1, 1024, ErrorMessage = RangeFault)]
    [FitsCheckpoint]
    public int HiddenSize { get; init; } = 256;

    /// <summary>Hidden layers, one upon the other. 1 to 4; 1 by default.</summary>
    [Range(1, 4, ErrorMessage = RangeFault)]
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also reads backwards. Recurrent networks only; false by default.</summary>
    [RecurrentOnly]
    public bool Bidirectional { get; init; }

    /// <summary>In which order images are read. Recurrent networks only; rows by default.</summary>
    [RecurrentOnly]
    public ReadingOrder Reading { get; init; }

    /// <summary>How often every training image is seen. 1 to 1,000; 13 by default.</summary>
    [Range(1, 1000, ErrorMessage = RangeFault)]
    public int Epochs { get; init; } = 13;

    /// <summary>Images for each step of the optimiser. 1 to 1,000, fewer for the largest networks; 100 by default.</summary>
    [Range(1, 1000, ErrorMessage = RangeFault)]
    [FitsMemory]
    public int BatchSize { get; init; } = 100;

    /// <summary>Adam's step size, at its largest. 0.000001 to 1; 0.001 by default.</summary>
    [Range(0.000001, 1.0, ErrorMessage = "must be from 0.000001 to 1.")]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>How the step size goes over the training. Constant by default.</summary>
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>Gradients with a larger norm than this are scaled down to it. 0.001 to 1,000; null, the default, for never.</summary>
    [Range(0.001, 1000.0, ErrorMessage = "must be from 0.001 to 1000.")]
    public double? MaxGradientNorm { get; init; }

    /// <summary>
    /// Decay of an exponential moving average of the weights, which then is what is measured, judged and kept. 0, the default, for no averaging; up to 0.9999.
    /// </summary>
    [Range(0.0, 0.9999, ErrorMessage = "must be from 0 to 0.9999.")]
    public double WeightAveraging { get; init; }

    /// <summary>How training images are changed at random. None by default.</summary>
    public Augmentation Augmentation { get; init; }

    /// <summary>Share of the inputs of every layer but the first that are dropped while training. 0 to 0.9; 0 by default.</summary>
    [Range(0.0, 0.9, ErrorMessage = "must be from 0 to 0.9.")]
    public double Dropout { get; init; }

    /// <summary>
    /// Ends the training when so many epochs in a row have not bettered the best validation accuracy; the best epoch's weights are kept. 1 to 1,000; null,
    /// the default, for all epochs.
    /// </summary>
    [Range(1, 1000, ErrorMessage = RangeFault)]
    public int? Patience { get; init; }

    /// <summary>What everything random is drawn from. 0 to 2,147,483,647; 1 by default.</summary>
    [Range(0, int.MaxValue, ErrorMessage = RangeFault)]
    public int Seed { get; init; } = 1;

    /// <summary>The data set's name. "mnist" by default.</summary>
    public string Dataset { get; init; } = DatasetCatalog.Mnist;

    /// <summary>How many of the training images are used, from the first; null for all of them, which is the default.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be at least {1}.")]
    public int? TrainingImages { get; init; }

    /// <summary>What the network is made of.</summary>
    public NetworkSettings NetworkSettings => new(Network, HiddenSize)
    {
        Layers = Layers,
        Bidirectional = Bidirectional,
        Reading = Reading,
        Dropout = Dropout,
    };

    /// <summary>Checks every setting, alone and together with the others.</summary>
    /// <returns>What is wrong, with the names of the settings; empty when all are valid.</returns>
    public IReadOnlyList<ValidationResult> Validate()
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return results;
    }

    /// <exception cref="ArgumentException">Settings are out of range, or do not fit the dataset.</exception>
    internal void ThrowIfInvalid(DatasetSplit data)
    {
        List<string> faults = [.. Validate().Select(result => $"{string.Join(", ", result.MemberNames)} {result.ErrorMessage}")];
        if (TrainingImages > data.Training.Count)
        {
            faults.Add($"{nameof(TrainingImages)} must be at most {data.Training.Count}, which is how many the dataset has.");
        }

        if (data.Training.Count == 0)
        {
            faults.Add("The dataset has no training images.");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }
}
