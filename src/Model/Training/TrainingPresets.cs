using RnnService.Model.Architecture;
using RnnService.Model.Data;

namespace RnnService.Model.Training;

/// <summary>The settings of the presets. They were selected by validation accuracy, and the one for <see cref="TrainingPreset.Robust"/> also by the half of semeion that is not used for final figures; docs/results.md names the exceptions.</summary>
public static class TrainingPresets
{
    /// <summary>Returns the settings of a preset.</summary>
    /// <param name="preset">The preset.</param>
    public static TrainingSettings For(TrainingPreset preset) => preset switch
    {
        TrainingPreset.Article => new TrainingSettings(),
        TrainingPreset.Fast => new TrainingSettings
        {
            Preset = preset,
            HiddenSize = 128,
            Epochs = 4,
            BatchSize = 96,
            LearningRate = 0.008,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            Augmentation = Augmentation.Shift,
        },
        TrainingPreset.Accurate => new TrainingSettings
        {
            Preset = preset,
            HiddenSize = 128,
            Bidirectional = true,
            Members = 4,
            Reading = ReadingOrder.RowsOrColumns,
            Epochs = 24,
            BatchSize = 96,
            LearningRate = 0.005,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            Augmentation = Augmentation.Distort,
            UnaugmentedEpochs = 2,
        },
        TrainingPreset.Robust => new TrainingSettings
        {
            Preset = preset,
            HiddenSize = 64,
            Members = 4,
            Reading = ReadingOrder.RowsOrColumns,
            Epochs = 16,
            BatchSize = 96,
            LearningRate = 0.009,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            Augmentation = Augmentation.Handwriting,
            UnaugmentedEpochs = 1,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "Unknown preset."),
    };
}
