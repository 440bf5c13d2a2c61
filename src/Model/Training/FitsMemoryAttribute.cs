using System.ComponentModel.DataAnnotations;
using RnnService.Model.Images;
using RnnService.Model.Networks;

namespace RnnService.Model.Training;

/// <summary>A batch size with which a training of so large a network remembers no more of a batch's steps than a machine can be expected to have room for.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FitsMemoryAttribute : ValidationAttribute
{
    private const long MaxBytes = 2L << 30;

    /// <summary>Other settings decide with it.</summary>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        long most = MaxBytes / BytesOfAnImage(((TrainingSettings)validationContext.ObjectInstance).NetworkSettings);
        return value is int batchSize && batchSize > most
            ? new ValidationResult($"must be at most {most} for so large a network, or its training would need more than 2 GiB of memory.", [validationContext.MemberName!])
            : ValidationResult.Success;
    }

    /// <summary>In each layer and direction, a step has a hidden and a cell state, at most four sums, and what comes in from below.</summary>
    private static long BytesOfAnImage(NetworkSettings network)
    {
        long directions = network.Bidirectional ? 2 : 1;
        long readings = network.Reading == ReadingOrder.Rows ? 1 : 2;
        long states = network.Layers * directions * readings;
        long step = network.HiddenSize * (6 + directions);
        return Math.Max(1, DigitImage.Side * states * step * sizeof(float));
    }
}
