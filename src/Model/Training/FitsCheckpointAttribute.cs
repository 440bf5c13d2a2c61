using System.ComponentModel.DataAnnotations;

namespace RnnService.Model.Training;

/// <summary>
/// Limits the number of parameters so that a checkpoint is smaller than 10^9 bytes. A checkpoint contains up to five values for each parameter: its current,
/// averaged and best weight, and both of Adam's moments.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FitsCheckpointAttribute : ValidationAttribute
{
    private const long MaxParameters = 45_000_000;

    /// <summary>The limit depends on other settings.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        long parameters = ((TrainingSettings)validationContext.ObjectInstance).NetworkSettings.ParameterCount;
        return parameters > MaxParameters
            ? new ValidationResult(
                $"results in a network with {parameters} parameters, but the maximum is {MaxParameters}. Use fewer units, layers, directions or members.", [validationContext.MemberName!])
            : ValidationResult.Success;
    }
}
