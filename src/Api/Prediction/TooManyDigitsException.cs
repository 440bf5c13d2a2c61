using System.Globalization;
using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>An image has more digits than one response may have.</summary>
internal sealed class TooManyDigitsException(int digits) : ProblemException(
    StatusCodes.Status422UnprocessableEntity,
    string.Create(CultureInfo.InvariantCulture, $"The image has {digits} digits, but it must have at most {MaxDigits}. Send it in parts."))
{
    public const int MaxDigits = 256;
}
