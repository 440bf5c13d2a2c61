namespace RnnService.Model.Training;

/// <summary>How the learning rate changes during training.</summary>
public enum LearningRateSchedule
{
    /// <summary>Constant learning rate.</summary>
    Constant,

    /// <summary>The one-cycle policy: warm-up to the maximum learning rate, then annealing to nearly zero. Source: Smith and Topin, 2018.</summary>
    OneCycle,
}
