using System.ComponentModel.DataAnnotations;
using RnnService.Model.Architecture;
using RnnService.Model.Data;

namespace RnnService.Model.Training;

/// <summary>Training settings. On the same machine, the same settings produce the same weights.</summary>
public sealed record TrainingSettings
{
    private const string RangeError = "must be from {1} to {2}.";

    /// <summary>The preset that the other settings are based on. <see cref="TrainingPreset.Article"/> by default.</summary>
    public TrainingPreset Preset { get; init; } = TrainingPreset.Article;

    /// <summary>The kind of network. LSTM by default.</summary>
    public NetworkType Network { get; init; } = NetworkType.Lstm;

    /// <summary>Units of the hidden state in each layer and direction. 1 to 1,024, fewer for networks with more than 45 million parameters; 256 by default.</summary>
    [Range(1, 1024, ErrorMessage = RangeError)]
    [FitsCheckpoint]
    public int HiddenSize { get; init; } = 256;

    /// <summary>Number of stacked hidden layers. 1 to 4; 1 by default.</summary>
    [Range(1, 4, ErrorMessage = RangeError)]
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also reads backward, with its own weights. Recurrent networks only; false by default.</summary>
    [RecurrentOnly]
    public bool Bidirectional { get; init; }

    /// <summary>The order in which images are read. Recurrent networks only; rows by default.</summary>
    [RecurrentOnly]
    [SeveralMembers]
    public ReadingOrder Reading { get; init; }

    /// <summary>Networks that are trained together on the same images, and whose logits are averaged. 1 to 4; 1 by default. Recurrent networks only.</summary>
    [Range(1, 4, ErrorMessage = RangeError)]
    [RecurrentOnly]
    public int Members { get; init; } = 1;

    /// <summary>Number of passes over the training images. 1 to 1,000; 13 by default.</summary>
    [Range(1, 1000, ErrorMessage = RangeError)]
    public int Epochs { get; init; } = 13;

    /// <summary>Number of images per optimizer step. 1 to 1,000, fewer if the activations of a batch would exceed 2 GiB; 100 by default.</summary>
    [Range(1, 1000, ErrorMessage = RangeError)]
    [FitsMemory]
    public int BatchSize { get; init; } = 100;

    /// <summary>Maximum learning rate of Adam. 0.000001 to 1; 0.001 by default.</summary>
    [Range(0.000001, 1.0, ErrorMessage = "must be from 0.000001 to 1.")]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>How the learning rate changes during training. Constant by default.</summary>
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>Maximum norm of the gradients, to which larger gradients are clipped. 0.001 to 1,000; null, the default, for no clipping.</summary>
    [Range(0.001, 1000.0, ErrorMessage = "must be from 0.001 to 1000.")]
    public double? MaxGradientNorm { get; init; }

    /// <summary>
    /// Decay of an exponential moving average of the weights, which is evaluated and saved instead of the weights themselves. 0 to 0.9999; 0, the default, for no averaging.
    /// </summary>
    [Range(0.0, 0.9999, ErrorMessage = "must be from 0 to 0.9999.")]
    public double WeightAveraging { get; init; }

    /// <summary>Random augmentation of the training images. None by default.</summary>
    public Augmentation Augmentation { get; init; }

    /// <summary>
    /// Number of last epochs in which the training images are not augmented, counted from <see cref="Epochs"/> even if training stops early. 0 to 1,000; 0 by default. The first epoch is
    /// always augmented.
    /// </summary>
    [Range(0, 1000, ErrorMessage = RangeError)]
    public int UnaugmentedEpochs { get; init; }

    /// <summary>Fraction of the inputs of every layer but the first that is dropped during training. 0 to 0.9; 0 by default.</summary>
    [Range(0.0, 0.9, ErrorMessage = "must be from 0 to 0.9.")]
    public double Dropout { get; init; }

    /// <summary>
    /// Stops training early after this number of consecutive epochs without an improvement of the validation accuracy, and restores the weights of the best epoch.
    /// 1 to 1,000; null, the default, for no early stopping.
    /// </summary>
    [Range(1, 1000, ErrorMessage = RangeError)]
    public int? Patience { get; init; }

    /// <summary>Seed of all random numbers: initial weights, order of the images, augmentation and dropout. 0 to 2,147,483,647; 1 by default.</summary>
    [Range(0, int.MaxValue, ErrorMessage = RangeError)]
    public int Seed { get; init; } = 1;

    /// <summary>Name of the dataset. "mnist" by default.</summary>
    public string Dataset { get; init; } = DatasetCatalog.Mnist;

    /// <summary>Number of training images to use, from the first one. At least 1; null, the default, for all.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be at least {1}.")]
    public int? TrainingImages { get; init; }

    /// <summary>The last epoch whose training images are augmented, from 1.</summary>
    internal int LastAugmentedEpoch => Math.Max(1, Epochs - UnaugmentedEpochs);

    /// <summary>The architecture of the network.</summary>
    public NetworkSettings NetworkSettings => new(Network, HiddenSize)
    {
        Layers = Layers,
        Bidirectional = Bidirectional,
        Reading = Reading,
        Members = Members,
        Dropout = Dropout,
    };

    /// <summary>Validates all settings, individually and in combination.</summary>
    /// <returns>All errors, with the names of the settings; empty if the settings are valid.</returns>
    public IReadOnlyList<ValidationResult> Validate()
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return results;
    }

    /// <exception cref="ArgumentException">Settings are out of range, or do not fit the dataset.</exception>
    internal void ThrowIfInvalid(DatasetSplit data)
    {
        List<string> errors = [.. Validate().Select(result => $"{string.Join(", ", result.MemberNames)} {result.ErrorMessage}")];
        if (TrainingImages > data.Training.Count)
        {
            errors.Add($"{nameof(TrainingImages)} must be at most {data.Training.Count}, the number of training images in the dataset.");
        }

        if (data.Training.Count == 0)
        {
            errors.Add("The dataset has no training images.");
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", errors));
        }
    }
}
