using RnnService.Model.Data;
using RnnService.Model.Networks;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>What was asked for, with every default filled in.</summary>
/// <param name="Preset">The recipe that the others began from.</param>
/// <param name="Network">The kind of network.</param>
/// <param name="HiddenSize" example="256">Units of each hidden layer, and of each direction.</param>
/// <param name="Layers" example="1">Hidden layers, one upon the other.</param>
/// <param name="Bidirectional" example="false">Whether each layer also reads backwards.</param>
/// <param name="Reading">Whether images are read row by row, or the columns too.</param>
/// <param name="Epochs" example="13">How often every training image is seen.</param>
/// <param name="BatchSize" example="100">Images for each step of the optimiser.</param>
/// <param name="LearningRate" example="0.001">Adam's step size, at its largest.</param>
/// <param name="Schedule">How the step size goes over the training.</param>
/// <param name="MaxGradientNorm">Gradients with a larger norm are scaled down to this one; null for never.</param>
/// <param name="WeightAveraging" example="0">Decay of the moving average of the weights; 0 for none.</param>
/// <param name="Augmentation">How training images are changed at random.</param>
/// <param name="Dropout" example="0">Share of the inputs of every layer but the first that are dropped while training.</param>
/// <param name="Patience">After how many epochs in a row without a better validation accuracy the training ends; null for never.</param>
/// <param name="Seed" example="1">What everything random is drawn from.</param>
/// <param name="Dataset" example="mnist">The data set's name.</param>
/// <param name="TrainingImages">How many of the training images are used; null for all.</param>
internal sealed record TrainingOptionsResponse(
    TrainingPreset Preset,
    NetworkType Network,
    int HiddenSize,
    int Layers,
    bool Bidirectional,
    ReadingOrder Reading,
    int Epochs,
    int BatchSize,
    double LearningRate,
    LearningRateSchedule Schedule,
    double? MaxGradientNorm,
    double WeightAveraging,
    Augmentation Augmentation,
    double Dropout,
    int? Patience,
    int Seed,
    string Dataset,
    int? TrainingImages)
{
    public static TrainingOptionsResponse From(TrainingSettings settings) => new(
        settings.Preset,
        settings.Network,
        settings.HiddenSize,
        settings.Layers,
        settings.Bidirectional,
        settings.Reading,
        settings.Epochs,
        settings.BatchSize,
        settings.LearningRate,
        settings.Schedule,
        settings.MaxGradientNorm,
        settings.WeightAveraging,
        settings.Augmentation,
        settings.Dropout,
        settings.Patience,
        settings.Seed,
        settings.Dataset,
        settings.TrainingImages);
}
