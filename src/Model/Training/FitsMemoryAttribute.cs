using System.ComponentModel.DataAnnotations;

namespace RnnService.Model.Training;

/// <summary>Limits the batch size so that the activations of a batch, which training keeps for the backward pass, take at most 2 GiB of memory.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FitsMemoryAttribute : ValidationAttribute
{
    private const long MaxBytes = 2L << 30;

    /// <summary>The limit depends on other settings.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        long bytesPerImage = ((TrainingSettings)validationContext.ObjectInstance).NetworkSettings.ActivationCount * sizeof(float);
        return value is int batchSize && batchSize * bytesPerImage > MaxBytes
            ? new ValidationResult(
                $"must be at most {MaxBytes / bytesPerImage} for a network of this size: a larger batch would need more than 2 GiB of memory.", [validationContext.MemberName!])
            : ValidationResult.Success;
    }
}
