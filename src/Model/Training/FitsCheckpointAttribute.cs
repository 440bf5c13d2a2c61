using System.ComponentModel.DataAnnotations;

namespace RnnService.Model.Training;

/// <summary>
/// A hidden size with which a checkpoint fits into one value of an SQLite database, a billion bytes. It has the weights up to five times: as they are,
/// averaged, the best, and both of Adam's moments.
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
