using System.ComponentModel.DataAnnotations;

namespace RnnService.Model.Training;

/// <summary>A rule for a setting that depends on other settings.</summary>
internal abstract class SettingRuleAttribute : ValidationAttribute
{
    /// <summary>The allowed values depend on other settings.</summary>
    public sealed override bool RequiresValidationContext => true;

    /// <summary>What is wrong with a value, as the end of a sentence that begins with the setting's name; null if it is valid.</summary>
    protected abstract string? FaultOf(object? value, TrainingSettings settings);

    /// <inheritdoc />
    protected sealed override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        FaultOf(value, (TrainingSettings)validationContext.ObjectInstance) is string fault ? new ValidationResult(fault, [validationContext.MemberName!]) : ValidationResult.Success;
}
