namespace RnnService.Model.Training;

/// <summary>Named presets of training settings.</summary>
public enum TrainingPreset
{
    /// <summary>The settings of the tutorial: an LSTM with 256 units, batches of 100, Adam with a constant learning rate of 0.001, 13 epochs.</summary>
    Article,

    /// <summary>The shortest training that reaches the tutorial's accuracy of 98.75% on the test images.</summary>
    Fast,

    /// <summary>The highest accuracy achieved with recurrent networks in this project.</summary>
    Accurate,

    /// <summary>The highest accuracy on digits of people who did not contribute to MNIST.</summary>
    Robust,
}
