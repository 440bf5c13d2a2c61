namespace RnnService.Api.Http;

/// <summary>The request violates HTTP, exceeds a size limit, or its body has an unexpected format.</summary>
internal sealed class MalformedRequestException(BadHttpRequestException cause) : ProblemException(
    cause.StatusCode,
    cause.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"{cause.Message} Send a smaller body." : cause.Message,
    cause);
