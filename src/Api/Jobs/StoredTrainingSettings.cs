using RnnService.Api.Storage;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// The settings of a job or model. The defaults apply to settings that were stored before a field existed: they are part of the format and do not follow
/// the defaults of new training jobs.
/// </summary>
internal sealed record StoredTrainingSettings : IStoredValue
{
    // Version 2 has several members, the preset robust or the augmentation handwriting; version 3 has epochs without augmentation.
    public static int LatestVersion => 3;

    public int Version { get; init; } = 1;

    public TrainingPreset Preset { get; init; } = TrainingPreset.Article;

    public NetworkType Network { get; init; } = NetworkType.Lstm;

    public int HiddenSize { get; init; } = 256;

    public int Layers { get; init; } = 1;

    public bool Bidirectional { get; init; }

    public ReadingOrder Reading { get; init; } = ReadingOrder.Rows;

    public int Members { get; init; } = 1;

    public int Epochs { get; init; } = 13;

    public int BatchSize { get; init; } = 100;

    public double LearningRate { get; init; } = 0.001;

    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    public double? MaxGradientNorm { get; init; }

    public double WeightAveraging { get; init; }

    public Augmentation Augmentation { get; init; } = Augmentation.None;

    public int UnaugmentedEpochs { get; init; }

    public double Dropout { get; init; }

    public int? Patience { get; init; }

    public int Seed { get; init; } = 1;

    public string Dataset { get; init; } = "mnist";

    public int? TrainingImages { get; init; }

    public static StoredTrainingSettings From(TrainingSettings settings) => new()
    {
        Version = VersionOf(settings),
        Preset = settings.Preset,
        Network = settings.Network,
        HiddenSize = settings.HiddenSize,
        Layers = settings.Layers,
        Bidirectional = settings.Bidirectional,
        Reading = settings.Reading,
        Members = settings.Members,
        Epochs = settings.Epochs,
        BatchSize = settings.BatchSize,
        LearningRate = settings.LearningRate,
        Schedule = settings.Schedule,
        MaxGradientNorm = settings.MaxGradientNorm,
        WeightAveraging = settings.WeightAveraging,
        Augmentation = settings.Augmentation,
        UnaugmentedEpochs = settings.UnaugmentedEpochs,
        Dropout = settings.Dropout,
        Patience = settings.Patience,
        Seed = settings.Seed,
        Dataset = settings.Dataset,
        TrainingImages = settings.TrainingImages,
    };

    public TrainingSettings ToSettings() => new()
    {
        Preset = Preset,
        Network = Network,
        HiddenSize = HiddenSize,
        Layers = Layers,
        Bidirectional = Bidirectional,
        Reading = Reading,
        Members = Members,
        Epochs = Epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Schedule = Schedule,
        MaxGradientNorm = MaxGradientNorm,
        WeightAveraging = WeightAveraging,
        Augmentation = Augmentation,
        UnaugmentedEpochs = UnaugmentedEpochs,
        Dropout = Dropout,
        Patience = Patience,
        Seed = Seed,
        Dataset = Dataset,
        TrainingImages = TrainingImages,
    };

    /// <summary>The first version that can read the settings.</summary>
    private static int VersionOf(TrainingSettings settings) => settings switch
    {
        { UnaugmentedEpochs: > 0 } => 3,
        { Members: > 1 } or { Preset: TrainingPreset.Robust } or { Augmentation: Augmentation.Handwriting } => 2,
        _ => 1,
    };
}
