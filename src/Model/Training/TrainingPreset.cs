namespace RnnService.Model.Training;

/// <summary>Named recipes.</summary>
public enum TrainingPreset
{
    /// <summary>The tutorial's: an LSTM of 256 units, batches of 100, Adam at a constant 0.001, 13 epochs.</summary>
    Article,

    /// <summary>The least time to the tutorial's 98.75% on the test images.</summary>
    Fast,

    /// <summary>The best accuracy that we can reach with recurrent networks.</summary>
    Accurate,
}
