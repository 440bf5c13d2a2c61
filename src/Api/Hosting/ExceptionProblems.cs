using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.OpenInference;
using RnnService.Api.Prediction;
using RnnService.Model.Images;
using RnnService.Model.Inference;

namespace RnnService.Api.Hosting;

/// <summary>The one table from exceptions to statuses. What is not in it is a mistake of the service: 500, and logged.</summary>
internal sealed partial class ExceptionProblems(IProblemDetailsService problems, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    private const string RetryLaterSeconds = "30";
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
            case DbException or DbUpdateException:
                LogDatabaseFailed(exception);
                http.Response.Headers.RetryAfter = RetryLaterSeconds;
                break;
            case JobQueueFullException:
                http.Response.Headers.RetryAfter = RetryLaterSeconds;
                break;
            case PredictionQueueFullException:
                http.Response.Headers.RetryAfter = RetryPredictionSeconds;
                break;
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = Problem(exception, status) });
    }

    public static int StatusOf(InvalidImageException exception) => exception.Fault switch
    {
        ImageFault.Missing => StatusCodes.Status400BadRequest,
        ImageFault.NotPng => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static int? StatusOf(Exception exception) => exception switch
    {
        InvalidRequestException => StatusCodes.Status400BadRequest,
        InvalidImageException image => StatusOf(image),
        JobNotFoundException or ModelNotFoundException or ServedModelNotFoundException => StatusCodes.Status404NotFound,
        JobIsOverException or NoModelException or ModelServesException or ModelDamagedException or DatasetGoneException => StatusCodes.Status409Conflict,
        JobQueueFullException => StatusCodes.Status429TooManyRequests,
        PredictionQueueFullException => StatusCodes.Status503ServiceUnavailable,
        DbException or DbUpdateException => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException bad => bad.StatusCode,
        _ => null,
    };

    private static ProblemDetails Problem(Exception exception, int status)
    {
        string detail = exception switch
        {
            DbException or DbUpdateException => $"The database failed, and nothing was changed: {exception.GetBaseException().Message} The service's log has more. Mend the cause, and send the request again.",
            BadHttpRequestException when status == StatusCodes.Status413PayloadTooLarge => $"{exception.Message} Send a smaller body.",
            _ => exception.Message,
        };
        return exception is InvalidRequestException invalid
            ? new HttpValidationProblemDetails(invalid.Faults.ToDictionary()) { Status = status, Detail = detail }
            : new ProblemDetails { Status = status, Detail = detail };
    }

    [LoggerMessage(LogLevel.Error, "The database failed")]
    private partial void LogDatabaseFailed(Exception fault);
}
