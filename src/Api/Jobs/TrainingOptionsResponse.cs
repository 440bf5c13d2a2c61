using RnnService.Model.Networks;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>What was asked for, with every default filled in.</summary>
/// <param name="Preset">The recipe that the others began from.</param>
/// <param name="Network">The kind of network.</param>
/// <param name="HiddenSize" example="256">Units of the hidden state.</param>
/// <param name="Epochs" example="13">How often every training image is seen.</param>
/// <param name="BatchSize" example="100">Images for each step of the optimiser.</param>
/// <param name="LearningRate" example="0.001">Adam's step size.</param>
/// <param name="Seed" example="1">What everything random is drawn from.</param>
/// <param name="Dataset" example="mnist">The data set's name.</param>
/// <param name="TrainingImages">How many of the training images are used; null for all.</param>
internal sealed record TrainingOptionsResponse(
    TrainingPreset Preset,
    NetworkType Network,
    int HiddenSize,
    int Epochs,
    int BatchSize,
    double LearningRate,
    int Seed,
    string Dataset,
    int? TrainingImages)
{
    public static TrainingOptionsResponse From(TrainingSettings settings) => new(
        settings.Preset,
        settings.Network,
        settings.HiddenSize,
        settings.Epochs,
        settings.BatchSize,
        settings.LearningRate,
        settings.Seed,
        settings.Dataset,
        settings.TrainingImages);
}
