using System.ComponentModel.DataAnnotations;

namespace RnnService.Model.Training;

/// <summary>A batch size with which what a training keeps of a batch, for so large a network, takes no more memory than a machine can be expected to have.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FitsMemoryAttribute : ValidationAttribute
{
    private const long MaxBytes = 2L << 30;

    /// <summary>Other settings decide with it.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        long bytesOfAnImage = ((TrainingSettings)validationContext.ObjectInstance).NetworkSettings.ActivationCount * sizeof(float);
        return value is int batchSize && batchSize * bytesOfAnImage > MaxBytes
            ? new ValidationResult($"must be at most {MaxBytes / bytesOfAnImage} for so large a network, or a batch would need more than 2 GiB of memory.", [validationContext.MemberName!])
            : ValidationResult.Success;
    }
}
