using RnnService.Api.Jobs;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>The training options. Omitted options have the values of the preset.</summary>
internal sealed class TrainRequest
{
    /// <summary>The preset that supplies the defaults: `article` reproduces the tutorial, `fast` reaches its accuracy in the shortest time, `accurate` has the best accuracy on MNIST, `robust` on digits from elsewhere.</summary>
    public TrainingPreset? Preset { get; set; }

    /// <summary>The type of network.</summary>
    public NetworkType? Network { get; set; }

    /// <summary>The number of units per hidden layer and direction.</summary>
    /// <example>256</example>
    public int? HiddenSize { get; set; }

    /// <summary>The number of stacked hidden layers.</summary>
    /// <example>1</example>
    public int? Layers { get; set; }

    /// <summary>Whether each layer also reads the sequence in reverse. Recurrent networks only.</summary>
    /// <example>false</example>
    public bool? Bidirectional { get; set; }

    /// <summary>Whether images are read by `rows`, by `rowsAndColumns`, or by `rowsOrColumns`: members alternate, the first reads rows, the second columns, and so on. Recurrent networks only.</summary>
    public ReadingOrder? Reading { get; set; }

    /// <summary>The number of networks of this architecture, 1 to 4, that are trained together and whose logits are averaged: more accurate; N members take N times as long. Recurrent networks only.</summary>
    /// <example>1</example>
    public int? Members { get; set; }

    /// <summary>The number of passes over the training images.</summary>
    /// <example>2</example>
    public int? Epochs { get; set; }

    /// <summary>The number of images per optimizer step.</summary>
    /// <example>100</example>
    public int? BatchSize { get; set; }

    /// <summary>The maximum learning rate of Adam.</summary>
    /// <example>0.001</example>
    public double? LearningRate { get; set; }

    /// <summary>The learning rate schedule: `oneCycle` increases the learning rate first and then decreases it to almost zero.</summary>
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>The norm to which larger gradients are clipped. The article does not clip; 1000 has practically no effect.</summary>
    /// <example>1</example>
    public double? MaxGradientNorm { get; set; }

    /// <summary>The decay of a moving average of the weights, which is then evaluated and saved; 0 for no averaging.</summary>
    /// <example>0</example>
    public double? WeightAveraging { get; set; }

    /// <summary>The random augmentation of the training images: `shift` moves them by up to a pixel, `distort` also rotates, scales, shears and warps them, `handwriting` also varies strokes, proportions, resolution and sharpness, and replaces a quarter of the images by drawn digits (for datasets of digits only).</summary>
    public Augmentation? Augmentation { get; set; }

    /// <summary>The number of last epochs, counted from `epochs`, in which the training images are not augmented. The first epoch is always augmented.</summary>
    /// <example>0</example>
    public int? UnaugmentedEpochs { get; set; }

    /// <summary>The dropout probability between layers.</summary>
    /// <example>0</example>
    public double? Dropout { get; set; }

    /// <summary>Stops training early after this number of consecutive epochs without an improvement of the validation accuracy, and keeps the weights of the best epoch. No preset sets it.</summary>
    /// <example>5</example>
    public int? Patience { get; set; }

    /// <summary>The seed of all random numbers: the same request with the same seed results in the same weights.</summary>
    /// <example>1</example>
    public int? Seed { get; set; }

    /// <summary>The name of a dataset that is configured in the service.</summary>
    /// <example>mnist</example>
    public string? Dataset { get; set; }

    /// <summary>Uses only this number of training images, for a quick test.</summary>
    /// <example>10000</example>
    public int? TrainingImages { get; set; }

    /// <summary>The priority: jobs with the priority `low` start only when no others are queued.</summary>
    public JobPriority? Priority { get; set; }

    public TrainingSettings ToSettings()
    {
        TrainingSettings preset = TrainingPresets.For(Preset ?? TrainingPreset.Article);
        NetworkType network = Network ?? preset.Network;
        bool recurrent = network != NetworkType.Fnn; // the preset's reading options do not apply to a feed-forward network
        int members = Members ?? (recurrent ? preset.Members : 1);
        Augmentation augmentation = Augmentation ?? preset.Augmentation;
        bool canReadAsPreset = recurrent && (members > 1 || preset.Reading != ReadingOrder.RowsOrColumns);
        return preset with
        {
            Network = network,
            HiddenSize = HiddenSize ?? preset.HiddenSize,
            Layers = Layers ?? preset.Layers,
            Bidirectional = Bidirectional ?? (recurrent && preset.Bidirectional),
            Reading = Reading ?? (canReadAsPreset ? preset.Reading : ReadingOrder.Rows),
            Members = members,
            Epochs = Epochs ?? preset.Epochs,
            BatchSize = BatchSize ?? preset.BatchSize,
            LearningRate = LearningRate ?? preset.LearningRate,
            Schedule = Schedule ?? preset.Schedule,
            MaxGradientNorm = MaxGradientNorm ?? preset.MaxGradientNorm,
            WeightAveraging = WeightAveraging ?? preset.WeightAveraging,
            Augmentation = augmentation,
            UnaugmentedEpochs = UnaugmentedEpochs ?? (augmentation == Model.Data.Augmentation.None ? 0 : preset.UnaugmentedEpochs),
            Dropout = Dropout ?? preset.Dropout,
            Patience = Patience ?? preset.Patience,
            Seed = Seed ?? preset.Seed,
            Dataset = Dataset ?? preset.Dataset,
            TrainingImages = TrainingImages ?? preset.TrainingImages,
        };
    }
}
