using System.ComponentModel.DataAnnotations;
using RnnService.Model.Architecture;

namespace RnnService.Model.Training;

/// <summary>A setting that applies only to recurrent networks. For a feed-forward network, it must have its default value: false, <see cref="ReadingOrder.Rows"/> or 1.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RecurrentOnlyAttribute : ValidationAttribute
{
    private const string Fault = "applies only to recurrent networks: omit it, or use the network lstm, gru or rnn.";

    /// <summary>The allowed values depend on another setting.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        validationContext.ObjectInstance is TrainingSettings { Network: NetworkType.Fnn } && value is not (false or ReadingOrder.Rows or 1)
            ? new ValidationResult(Fault, [validationContext.MemberName!])
            : ValidationResult.Success;
}
