using RnnService.Model.Data;
using RnnService.Model.Networks;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>What to train. Everything may be left out: then it is as the preset has it.</summary>
internal sealed class TrainRequest
{
    /// <summary>The recipe to begin from: `article` is the tutorial's, `fast` takes the least time to its accuracy, `accurate` is for the best accuracy.</summary>
    public TrainingPreset? Preset { get; set; }

    /// <summary>The kind of network.</summary>
    public NetworkType? Network { get; set; }

    /// <summary>Units of each hidden layer, and of each direction.</summary>
    /// <example>256</example>
    public int? HiddenSize { get; set; }

    /// <summary>Hidden layers, one upon the other.</summary>
    /// <example>1</example>
    public int? Layers { get; set; }

    /// <summary>Whether each layer also reads backwards. Recurrent networks only.</summary>
    /// <example>false</example>
    public bool? Bidirectional { get; set; }

    /// <summary>Whether images are read row by row, or the columns too, from the left. Recurrent networks only.</summary>
    public ReadingOrder? Reading { get; set; }

    /// <summary>How often every training image is seen.</summary>
    /// <example>2</example>
    public int? Epochs { get; set; }

    /// <summary>Images for each step of the optimiser.</summary>
    /// <example>100</example>
    public int? BatchSize { get; set; }

    /// <summary>Adam's step size, at its largest.</summary>
    /// <example>0.001</example>
    public double? LearningRate { get; set; }

    /// <summary>How the step size goes over the training: `oneCycle` raises it at first, and then lowers it to nearly nothing.</summary>
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>Gradients with a larger norm are scaled down to this one. The article has none; 1000 is as good as none.</summary>
    /// <example>1</example>
    public double? MaxGradientNorm { get; set; }

    /// <summary>Decay of a moving average of the weights, which then is what is measured and kept; 0 for the weights as they are.</summary>
    /// <example>0</example>
    public double? WeightAveraging { get; set; }

    /// <summary>How training images are changed at random: `shift` moves them by up to a pixel, `distort` also turns, scales, slants and bends them.</summary>
    public Augmentation? Augmentation { get; set; }

    /// <summary>Share of the inputs of every layer but the first that are dropped while training.</summary>
    /// <example>0</example>
    public double? Dropout { get; set; }

    /// <summary>Ends the training when so many epochs in a row have not bettered the best validation accuracy, and keeps the best epoch's weights. No preset has it.</summary>
    /// <example>5</example>
    public int? Patience { get; set; }

    /// <summary>What everything random is drawn from: the same request with the same seed gives the same network.</summary>
    /// <example>1</example>
    public int? Seed { get; set; }

    /// <summary>A data set that the service knows.</summary>
    /// <example>mnist</example>
    public string? Dataset { get; set; }

    /// <summary>Use only so many of the training images, for a quick try.</summary>
    /// <example>10000</example>
    public int? TrainingImages { get; set; }

    public TrainingSettings ToSettings()
    {
        TrainingSettings preset = TrainingPresets.For(Preset ?? TrainingPreset.Article);
        NetworkType network = Network ?? preset.Network;
        bool recurrent = network != NetworkType.Fnn; // a preset's ways of reading are not meant for a network that the request names and that does not read
        return preset with
        {
            Network = network,
            HiddenSize = HiddenSize ?? preset.HiddenSize,
            Layers = Layers ?? preset.Layers,
            Bidirectional = Bidirectional ?? (recurrent && preset.Bidirectional),
            Reading = Reading ?? (recurrent ? preset.Reading : ReadingOrder.Rows),
            Epochs = Epochs ?? preset.Epochs,
            BatchSize = BatchSize ?? preset.BatchSize,
            LearningRate = LearningRate ?? preset.LearningRate,
            Schedule = Schedule ?? preset.Schedule,
            MaxGradientNorm = MaxGradientNorm ?? preset.MaxGradientNorm,
            WeightAveraging = WeightAveraging ?? preset.WeightAveraging,
            Augmentation = Augmentation ?? preset.Augmentation,
            Dropout = Dropout ?? preset.Dropout,
            Patience = Patience ?? preset.Patience,
            Seed = Seed ?? preset.Seed,
            Dataset = Dataset ?? preset.Dataset,
            TrainingImages = TrainingImages ?? preset.TrainingImages,
        };
    }
}
