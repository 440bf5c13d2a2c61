using RnnService.Model.Networks;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>What to train. Everything may be left out: then it is as the preset has it.</summary>
internal sealed class TrainRequest
{
    /// <summary>The recipe to begin from: `article` is the tutorial's.</summary>
    public TrainingPreset? Preset { get; set; }

    /// <summary>The kind of network.</summary>
    public NetworkType? Network { get; set; }

    /// <summary>Units of the hidden state.</summary>
    /// <example>256</example>
    public int? HiddenSize { get; set; }

    /// <summary>How often every training image is seen.</summary>
    /// <example>2</example>
    public int? Epochs { get; set; }

    /// <summary>Images for each step of the optimiser.</summary>
    /// <example>100</example>
    public int? BatchSize { get; set; }

    /// <summary>Adam's step size.</summary>
    /// <example>0.001</example>
    public double? LearningRate { get; set; }

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
        TrainingSettings preset = TrainingSettings.For(Preset ?? TrainingPreset.Article);
        return preset with
        {
            Network = Network ?? preset.Network,
            HiddenSize = HiddenSize ?? preset.HiddenSize,
            Epochs = Epochs ?? preset.Epochs,
            BatchSize = BatchSize ?? preset.BatchSize,
            LearningRate = LearningRate ?? preset.LearningRate,
            Seed = Seed ?? preset.Seed,
            Dataset = Dataset ?? preset.Dataset,
            TrainingImages = TrainingImages ?? preset.TrainingImages,
        };
    }
}
