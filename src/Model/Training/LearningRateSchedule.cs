namespace RnnService.Model.Training;

/// <summary>How the learning rate goes over a training.</summary>
public enum LearningRateSchedule
{
    /// <summary>The same from the first step to the last.</summary>
    Constant,

    /// <summary>Up to the learning rate over the first steps, then down to nearly nothing: Smith and Topin, 2018.</summary>
    OneCycle,
}
