using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.Prediction;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Hosting;

/// <summary>The one table from exceptions to statuses. What is not in it is a mistake of the service: 500, and logged.</summary>
internal sealed class ExceptionProblems(IProblemDetailsService problems) : IExceptionHandler
{
    private const string RetryJobSeconds = "30";
    private const string RetryPredictionSeconds = "1";

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellation)
    {
        if (StatusOf(exception) is not int status)
        {
            return false;
        }

        http.Response.StatusCode = status;
        switch (exception)
        {
            case JobQueueFullException:
                http.Response.Headers.RetryAfter = RetryJobSeconds;
                break;
            case PredictionQueueFullException:
                http.Response.Headers.RetryAfter = RetryPredictionSeconds;
                break;
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = Problem(exception, status) });
    }

    private static int? StatusOf(Exception exception) => exception switch
    {
        InvalidRequestException => StatusCodes.Status400BadRequest,
        InvalidImageException { Fault: ImageFault.Missing } => StatusCodes.Status400BadRequest,
        InvalidImageException { Fault: ImageFault.NotPng } => StatusCodes.Status415UnsupportedMediaType,
        InvalidImageException => StatusCodes.Status422UnprocessableEntity,
        JobNotFoundException or ModelNotFoundException => StatusCodes.Status404NotFound,
        JobIsOverException or NoModelException => StatusCodes.Status409Conflict,
        JobQueueFullException => StatusCodes.Status429TooManyRequests,
        PredictionQueueFullException => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException bad => bad.StatusCode,
        _ => null,
    };

    private static ProblemDetails Problem(Exception exception, int status)
    {
        string detail = status == StatusCodes.Status413PayloadTooLarge ? $"{exception.Message} Send a smaller body." : exception.Message;
        return exception is InvalidRequestException invalid
            ? new HttpValidationProblemDetails(invalid.Faults.ToDictionary()) { Status = status, Detail = detail }
            : new ProblemDetails { Status = status, Detail = detail };
    }
}
