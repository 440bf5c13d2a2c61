namespace RnnService.Model.Training;

/// <summary>
/// Limits the number of parameters so that a checkpoint is smaller than 10^9 bytes. A checkpoint contains up to five values for each parameter: its current,
/// averaged and best weight, and both of Adam's moments.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FitsCheckpointAttribute : SettingRuleAttribute
{
    private const long MaxParameters = 45_000_000;

    /// <inheritdoc />
    protected override string? FaultOf(object? value, TrainingSettings settings)
    {
        long parameters = settings.NetworkSettings.ParameterCount;
        return parameters > MaxParameters
            ? $"results in a network with {parameters} parameters, but the maximum is {MaxParameters}. Use fewer units, layers, directions or members."
            : null;
    }
}
