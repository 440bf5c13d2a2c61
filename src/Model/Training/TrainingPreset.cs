namespace RnnService.Model.Training;

/// <summary>Named recipes.</summary>
public enum TrainingPreset
{
    /// <summary>The tutorial's: an LSTM of 256 units, batches of 100, Adam at a constant 0.001, 13 epochs.</summary>
    Article,
}
