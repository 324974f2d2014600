using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Streaming;

/// <summary>
/// What a node agent says went wrong, as a Status. Source: apiserver pkg/registry/generic/rest/response_checker.go.
/// </summary>
internal static class BackendErrors
{
    public static ApiResult Answer(int code, string text) => Answers.Failure(ToStatus(code, text));

    public static Status ToStatus(int code, string text)
    {
        var message = text.TrimEnd('\n');
        var reason = code switch
        {
            400 => StatusReason.BadRequest,
            401 => StatusReason.Unauthorized,
            403 => StatusReason.Forbidden,
            404 => StatusReason.NotFound,
            405 => StatusReason.MethodNotAllowed,
            409 => StatusReason.Conflict,
            429 => StatusReason.TooManyRequests,
            503 => StatusReason.ServiceUnavailable,
            504 => StatusReason.Timeout,
            _ => code >= 500 ? StatusReason.InternalError : StatusReason.BadRequest,
        };
        return new()
        {
            StatusValue = "Failure",
            Code = code < 400 ? 500 : code,
            Reason = reason,
            Message = message.Length == 0 ? $"the server answered {code} without saying why" : message,
            Details = code < 500
                ? null
                : new() { Causes = [new() { Type = CauseType.UnexpectedServerResponse, Message = message }] },
        };
    }
}
