using RnnService.Model.Data;
using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>The recipes' settings. They were chosen on validation images alone: docs/results.md has the figures.</summary>
public static class TrainingPresets
{
    /// <summary>A recipe's settings.</summary>
    /// <param name="preset">The recipe.</param>
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
            Layers = 2,
            Bidirectional = true,
            Reading = ReadingOrder.RowsAndColumns,
            Epochs = 12,
            BatchSize = 96,
            LearningRate = 0.004,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            Augmentation = Augmentation.Distort,
            Dropout = 0.2,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "There is no such preset."),
    };
}
