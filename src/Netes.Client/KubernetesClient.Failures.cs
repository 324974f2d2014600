using System.Text;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.Client;

public sealed partial class KubernetesClient
{
    // A Status is small; what is longer comes from something else in between and is cut.
    private const int MaxFailureBytes = 1 << 20;
    private const int MaxShownCharacters = 500;

    private static async Task<ApiException> FailureAsync(ApiResponse response, CancellationToken cancel)
    {
        var body = await response.ReadAllAsync(MaxFailureBytes, cancel);
        var status = JsonCodec.Decode<Status>(body).Value;
        if (status is { Code: > 0 })
        {
            return new ApiException(WithRetryAfter(status, response.RetryAfter));
        }

        var text = Encoding.UTF8.GetString(body.Span);
        var shown = text.Length > MaxShownCharacters ? text[..MaxShownCharacters] : text;
        return new ApiException(WithRetryAfter(
            new Status
            {
                StatusValue = "Failure",
                Reason = ReasonOf(response.StatusCode),
                Code = response.StatusCode,
                Message = $"the server answered {response.StatusCode}: {shown}",
            },
            response.RetryAfter));
    }

    private static Status WithRetryAfter(Status status, TimeSpan? retryAfter) =>
        retryAfter is { } wait && status.Details is not { RetryAfterSeconds: > 0 }
            ? status with
            {
                Details = (status.Details ?? StatusDetails.Empty) with { RetryAfterSeconds = (int)wait.TotalSeconds },
            }
            : status;

    /// <summary>Source: apimachinery pkg/api/errors/errors.go, NewGenericServerResponse.</summary>
    private static string ReasonOf(int code) => code switch
    {
        400 => StatusReason.BadRequest,
        401 => StatusReason.Unauthorized,
        403 => StatusReason.Forbidden,
        404 => StatusReason.NotFound,
        405 => StatusReason.MethodNotAllowed,
        406 => StatusReason.NotAcceptable,
        409 => StatusReason.Conflict,
        410 => StatusReason.Gone,
        413 => StatusReason.RequestEntityTooLarge,
        415 => StatusReason.UnsupportedMediaType,
        422 => StatusReason.Invalid,
        429 => StatusReason.TooManyRequests,
        503 => StatusReason.ServiceUnavailable,
        504 => StatusReason.Timeout,
        _ => StatusReason.InternalError,
    };
}
