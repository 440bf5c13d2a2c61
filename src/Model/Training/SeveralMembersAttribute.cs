using System.ComponentModel.DataAnnotations;
using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>A reading order that needs several members: <see cref="ReadingOrder.RowsOrColumns"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SeveralMembersAttribute : ValidationAttribute
{
    private const string Fault = "can be rowsOrColumns only for a network with several members: use at least 2 members, or another reading.";

    /// <summary>The allowed values depend on another setting.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        validationContext.ObjectInstance is TrainingSettings { Members: 1 } && value is ReadingOrder.RowsOrColumns
            ? new ValidationResult(Fault, [validationContext.MemberName!])
            : ValidationResult.Success;
}
