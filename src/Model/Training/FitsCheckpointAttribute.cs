using System.ComponentModel.DataAnnotations;

namespace RnnService.Model.Training;

/// <summary>
/// Limits the hidden size so that a checkpoint stays below a billion bytes. A checkpoint has the weights up to five times: current,
/// averaged, best, and both of Adam's moments.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FitsCheckpointAttribute : ValidationAttribute
{
    private const long MaxParameters = 45_000_000;

    /// <summary>Other settings decide with it.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        long parameters = ((TrainingSettings)validationContext.ObjectInstance).NetworkSettings.ParameterCount;
        return parameters > MaxParameters
            ? new ValidationResult($"makes a network of {parameters} parameters with these layers and directions, but at most {MaxParameters} can be kept. Choose fewer units.", [validationContext.MemberName!])
            : ValidationResult.Success;
    }
}
