using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>The training options, including defaults.</summary>
/// <param name="Preset">The preset that supplies the defaults.</param>
/// <param name="Network">The type of network.</param>
/// <param name="HiddenSize" example="256">The number of units per hidden layer and direction.</param>
/// <param name="Layers" example="1">The number of stacked hidden layers.</param>
/// <param name="Bidirectional" example="false">Whether each layer also reads the sequence in reverse.</param>
/// <param name="Reading">Whether images are read by rows, by rows and columns, or by rows and by columns in alternating members.</param>
/// <param name="Members" example="1">The number of networks of this architecture that are trained together and whose logits are averaged.</param>
/// <param name="Epochs" example="13">The number of passes over the training images.</param>
/// <param name="BatchSize" example="100">The number of images per optimizer step.</param>
/// <param name="LearningRate" example="0.001">The maximum learning rate of Adam.</param>
/// <param name="Schedule">The learning rate schedule.</param>
/// <param name="MaxGradientNorm">The norm to which larger gradients are clipped; null for no clipping.</param>
/// <param name="WeightAveraging" example="0">The decay of the moving average of the weights; 0 for no averaging.</param>
/// <param name="Augmentation">The random augmentation of the training images.</param>
/// <param name="UnaugmentedEpochs" example="0">The number of last epochs in which the training images are not augmented. The first epoch always is.</param>
/// <param name="Dropout" example="0">The dropout probability between layers.</param>
/// <param name="Patience">The number of consecutive epochs without an improvement of the validation accuracy after which training stops early; null for no early stopping.</param>
/// <param name="Seed" example="1">The seed of all random numbers.</param>
/// <param name="Dataset" example="mnist">The name of the dataset.</param>
/// <param name="TrainingImages">The number of training images to use; null for all.</param>
internal sealed record TrainingOptionsResponse(
    TrainingPreset Preset,
    NetworkType Network,
    int HiddenSize,
    int Layers,
    bool Bidirectional,
    ReadingOrder Reading,
    int Members,
    int Epochs,
    int BatchSize,
    double LearningRate,
    LearningRateSchedule Schedule,
    double? MaxGradientNorm,
    double WeightAveraging,
    Augmentation Augmentation,
    int UnaugmentedEpochs,
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
        settings.Members,
        settings.Epochs,
        settings.BatchSize,
        settings.LearningRate,
        settings.Schedule,
        settings.MaxGradientNorm,
        settings.WeightAveraging,
        settings.Augmentation,
        settings.UnaugmentedEpochs,
        settings.Dropout,
        settings.Patience,
        settings.Seed,
        settings.Dataset,
        settings.TrainingImages);
}
