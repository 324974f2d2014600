using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Metrics;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer;

/// <summary>
/// What every request goes through, outermost first: failures contained, who is it, limits in flight, in whose name,
/// may he, a deadline, and then its handler. Source: apiserver pkg/server/config.go, DefaultBuildHandlerChain.
/// </summary>
internal sealed partial class RequestPipeline(
    IAuthenticator authenticator,
    IAuthorizer authorizer,
    InFlightLimits limits,
    IRequestHandler handler,
    PipelineMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    // Source: apiserver pkg/server/config.go, RequestTimeout.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);

    public async Task<ApiResult> HandleAsync(ApiCall call, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var info = RequestInfoParser.Parse(call.Method, call.Path, call.Query);
        return metrics.Requests.Note(call, info, started, await AnswerAsync(call, info, cancel));
    }

    private async Task<ApiResult> AnswerAsync(ApiCall call, RequestInfo info, CancellationToken cancel)
    {
        try
        {
            return await ContainAsync(call, info, cancel);
        }
        catch (ApiException exception)
        {
            return Answers.Failure(exception.Status, call.Headers["Accept"]);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // One request's bug must not be another's: the client gets 500, the log gets the whole story.
            LogFailed(logger, call.Method, call.Path, exception);
            return Answers.Failure(
                ApiErrors.Internal("the request failed unexpectedly").Status, call.Headers["Accept"]);
        }
    }

    // The deadline is also that of knowing the user: whatever that waits for, it does not wait for ever.
    private async Task<ApiResult> ContainAsync(ApiCall call, RequestInfo info, CancellationToken cancel)
    {
        var isLong = LongRunning.Is(info, call);
        using var deadline = new CancellationTokenSource(isLong ? RequestTimeout : Deadline(call), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            var authenticated = await AuthenticateAsync(call, either.Token);
            var user = authenticated.User;
            var context = await AuthorizedAsync(call, info, user, either.Token);
            foreach (var warning in authenticated.Warnings)
            {
                context.Warn(warning);
            }

            if (isLong)
            {
                return await WarnedAsync(context, cancel);
            }

            using var place = limits.Enter(info, user) ?? throw InFlightLimits.TooMany();
            return await WarnedAsync(context, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw ApiErrors.Timeout("request did not complete within the allotted timeout", 0);
        }
    }

    private async ValueTask<AuthenticationResult.Authenticated> AuthenticateAsync(
        ApiCall call, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var result = await authenticator.AuthenticateAsync(
            new()
            {
                Authorization = call.Headers["Authorization"],
                WebSocketProtocols = call.Headers.Values("Sec-WebSocket-Protocol")
                    .SelectMany(static value => value.Split(',')).ToValueList(),
                ClientCertificate = call.ClientCertificate,
                InProcess = call.InProcessUser,
                Path = call.Path,
            },
            cancel);
        metrics.Access.Authenticated((result as AuthenticationResult.Authenticated)?.User, started);
        if (result is AuthenticationResult.Authenticated authenticated)
        {
            return authenticated;
        }

        LogUnauthorized(logger, call.Method, call.Path, (result as AuthenticationResult.Rejected)?.Why ?? "");
        throw ApiErrors.Unauthorized();
    }

    private async ValueTask<RequestContext> AuthorizedAsync(
        ApiCall call, RequestInfo info, UserIdentity user, CancellationToken cancel)
    {
        user = await Impersonation.ApplyAsync(
            user, call.Headers.All, authorizer, cancel);
        var attributes = AuthorizationAttributes.Of(info, user);
        var started = time.GetTimestamp();
        var decision = await authorizer.AuthorizeAsync(attributes, cancel);
        metrics.Access.Authorized(decision.IsAllowed, started);
        return decision.IsAllowed
            ? new(call, info, user)
            : throw ForbiddenErrors.Create(attributes, decision.Reason);
    }

    // Source: apiserver pkg/endpoints/filters/request_deadline.go.
    private static TimeSpan Deadline(ApiCall call)
    {
        var text = call.Query["timeout"];
        if (text.Length == 0)
        {
            return RequestTimeout;
        }

        var asked = GoDurations.Parse(text) ?? throw ApiErrors.BadRequest(
            $"invalid timeout specified in the request URL - time: invalid duration {FieldError.Quote(text)}");
        return asked > TimeSpan.Zero && asked < RequestTimeout ? asked : RequestTimeout;
    }

    // A refusal carries the warnings of what came before it.
    private async Task<ApiResult> WarnedAsync(RequestContext context, CancellationToken cancel)
    {
        try
        {
            return WithWarnings(context, await handler.HandleAsync(context, cancel));
        }
        catch (ApiException exception) when (context.Warnings.Count > 0)
        {
            return WithWarnings(context, Answers.Failure(exception.Status, context.Call.Headers["Accept"]));
        }
    }

    // Source: apiserver pkg/endpoints/filters/warning.go; RFC 7234, 5.5.
    private static ApiResult WithWarnings(RequestContext context, ApiResult result)
    {
        foreach (var warning in context.Warnings)
        {
            var text = warning
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal);
            var printable = string.Concat(text.Select(static letter => char.IsControl(letter) ? ' ' : letter));
            result.Headers.Add("Warning", $"299 - \"{printable}\"");
        }

        return result;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} is not authenticated: {Why}")]
    private static partial void LogUnauthorized(ILogger logger, string method, string path, string why);
}

/// <summary>What the pipeline takes note of.</summary>
internal sealed record PipelineMetrics(RequestMetrics Requests, AccessMetrics Access);

/// <summary>What answers a request that may be made.</summary>
internal interface IRequestHandler
{
    Task<ApiResult> HandleAsync(RequestContext context, CancellationToken cancel);
}
