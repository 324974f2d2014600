using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>Failures in Kubernetes' words. Source: apimachinery pkg/api/errors/errors.go.</summary>
public static class ApiErrors
{
    public static ApiException NotFound(string group, string resource, string name) => Create(
        404, StatusReason.NotFound, $"{Qualified(group, resource)} \"{name}\" not found",
        Details(group, resource, name));

    public static ApiException AlreadyExists(string group, string resource, string name) => Create(
        409, StatusReason.AlreadyExists, $"{Qualified(group, resource)} \"{name}\" already exists",
        Details(group, resource, name));

    public static ApiException Conflict(string group, string resource, string name, string why) => Create(
        409, StatusReason.Conflict,
        $"Operation cannot be fulfilled on {Qualified(group, resource)} \"{name}\": {why}",
        Details(group, resource, name));

    public static ApiException Invalid(string group, string kind, string name,
        IReadOnlyCollection<FieldError> errors) =>
        Create(422, StatusReason.Invalid,
            $"{Qualified(group, kind)} \"{name}\" is invalid: {Aggregate(errors)}",
            Details(group, kind, name) with
            {
                Causes = errors.Select(error => new StatusCause
                {
                    Type = error.Reason,
                    Message = error.Body,
                    Field = error.Field,
                }).ToValueList(),
            });

    public static ApiException Forbidden(string group, string resource, string name, string why) => Create(
        403, StatusReason.Forbidden,
        resource.Length == 0 ? $"forbidden: {why}"
        : name.Length == 0 ? $"{Qualified(group, resource)} is forbidden: {why}"
        : $"{Qualified(group, resource)} \"{name}\" is forbidden: {why}",
        Details(group, resource, name));

    public static ApiException BadRequest(string message) => Create(400, StatusReason.BadRequest, message, null);

    public static ApiException Unauthorized() =>
        Create(401, StatusReason.Unauthorized, "Unauthorized", null);

    /// <summary>
    /// Failures that only their code tells: 404 and 405 of routing, 422 of patches that do not fit.
    /// Source: errors.go, NewGenericServerResponse.
    /// </summary>
    public static ApiException Generic(int code) => code switch
    {
        404 => Create(
            code, StatusReason.NotFound, "the server could not find the requested resource", StatusDetails.Empty),
        405 => Create(
            code, StatusReason.MethodNotAllowed, "the server does not allow this method on the requested resource",
            StatusDetails.Empty),
        _ => Create(
            422, StatusReason.Invalid, "the server rejected our request due to an error in our request",
            StatusDetails.Empty),
    };

    public static ApiException NotAcceptable(string message) =>
        Create(406, StatusReason.NotAcceptable, message, null);

    public static ApiException UnsupportedMediaType(string message) =>
        Create(415, StatusReason.UnsupportedMediaType, message, null);

    public static ApiException RequestEntityTooLarge(string message) => Create(
        413, StatusReason.RequestEntityTooLarge, $"Request entity too large: {message}", null);

    public static ApiException Expired(string message) => Create(410, StatusReason.Expired, message, null);

    public static ApiException TooManyRequests(string message, int retryAfterSeconds) => Create(
        429, StatusReason.TooManyRequests, message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    public static ApiException Timeout(string message, int retryAfterSeconds) => Create(
        504, StatusReason.Timeout, $"Timeout: {message}", new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    public static ApiException ServiceUnavailable(string message) =>
        Create(503, StatusReason.ServiceUnavailable, message, null);

    public static ApiException Internal(string message) => Create(
        500, StatusReason.InternalError, $"Internal error occurred: {message}",
        new StatusDetails { Causes = [new StatusCause { Message = message }] });

    /// <summary><c>deployments.apps</c>, or <c>pods</c> in the core group.</summary>
    public static string Qualified(string group, string resource) =>
        group.Length == 0 ? resource : $"{resource}.{group}";

    private static string Aggregate(IReadOnlyCollection<FieldError> errors)
    {
        var messages = errors.Select(error => error.Message).Distinct().ToList();
        return messages.Count == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
    }

    private static StatusDetails Details(string group, string resource, string name) =>
        new() { Name = name, Group = group, Kind = resource };

    private static ApiException Create(int code, string reason, string message, StatusDetails? details) =>
        new(new Status
    {
        StatusValue = "Failure",
        Message = message,
        Reason = reason,
        Details = details,
        Code = code,
    });
}
