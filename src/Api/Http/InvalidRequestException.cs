using Microsoft.AspNetCore.Mvc;

namespace RnnService.Api.Http;

/// <summary>Fields or parameters of the request are invalid.</summary>
internal sealed class InvalidRequestException(IReadOnlyDictionary<string, string[]> errors) : ProblemException(
    StatusCodes.Status400BadRequest,
    string.Join(" ", errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}")))
{
    public InvalidRequestException(string field, string error)
        : this(new Dictionary<string, string[]> { [field] = [error] })
    {
    }

    public override ProblemDetails ToProblemDetails() => new HttpValidationProblemDetails(errors.ToDictionary()) { Status = Status, Detail = Message };
}
