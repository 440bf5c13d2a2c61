namespace RnnService.Model.Training;

/// <summary>Limits the batch size so that the activations of a batch, which training keeps for the backward pass, take at most 2 GiB of memory.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FitsMemoryAttribute : SettingRuleAttribute
{
    private const long MaxBytes = 2L << 30;

    /// <inheritdoc />
    protected override string? FaultOf(object? value, TrainingSettings settings)
    {
        long bytesPerImage = settings.NetworkSettings.ActivationCount * sizeof(float);
        return value is int batchSize && batchSize * bytesPerImage > MaxBytes
            ? $"must be at most {MaxBytes / bytesPerImage} for a network of this size: a larger batch would need more than 2 GiB of memory."
            : null;
    }
}
