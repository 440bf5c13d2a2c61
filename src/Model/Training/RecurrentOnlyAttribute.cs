using System.ComponentModel.DataAnnotations;
using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>A setting that a feed-forward network has no use for: it may only be false then, or the reading of rows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RecurrentOnlyAttribute : ValidationAttribute
{
    private const string Fault = "is for recurrent networks only: leave it out, or choose the network lstm, gru or rnn.";

    /// <summary>Another setting decides with it.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        validationContext.ObjectInstance is TrainingSettings { Network: NetworkType.Fnn } && value is not (false or ReadingOrder.Rows)
            ? new ValidationResult(Fault, [validationContext.MemberName!])
            : ValidationResult.Success;
}
