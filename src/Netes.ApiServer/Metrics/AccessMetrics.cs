using Netes.Api.Telemetry;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Metrics;

/// <summary>
/// Who came and whether he was let in. Source: apiserver pkg/endpoints/filters/metrics.go.
/// </summary>
internal sealed class AccessMetrics(MetricRegistry registry, TimeProvider time)
{
    private readonly CounterFamily _users = registry.Counter(
        "authenticated_user_requests", "[ALPHA] Requests whose user is known, by who that is.", "username");

    private readonly CounterFamily _attempts = registry.Counter(
        "authentication_attempts", "[ALPHA] Requests by whether their user became known.", "result");

    private readonly HistogramFamily _authentication = registry.Histogram(
        "authentication_duration_seconds", "[ALPHA] Time to know the user, in seconds.",
        Buckets.Exponential(0.001, 2, 15), "result");

    private readonly CounterFamily _decisions = registry.Counter(
        "authorization_attempts_total", "[ALPHA] Decisions of the authorizers.", "result");

    private readonly HistogramFamily _authorization = registry.Histogram(
        "authorization_duration_seconds", "[ALPHA] Time to a decision, in seconds.",
        Buckets.Exponential(0.001, 2, 15), "result");

    public void Authenticated(UserIdentity? user, long started)
    {
        var result = new LabelValues(user is null ? "failure" : "success");
        _attempts.With(result).Add();
        _authentication.With(result).Observe(time.GetElapsedTime(started));
        if (user is not null)
        {
            _users.With(new(Known(user.Name))).Add();
        }
    }

    public void Authorized(bool isAllowed, long started)
    {
        var result = new LabelValues(isAllowed ? "allowed" : "denied");
        _decisions.With(result).Add();
        _authorization.With(result).Observe(time.GetElapsedTime(started));
    }

    // Source: metrics.go, compressUsername: there are more users than a metric has room for.
    private static string Known(string name) => name switch
    {
        "admin" or "client" or "kube_proxy" or "kubelet" or "system:serviceaccount:kube-system:default" => name,
        _ => name.Contains('@', StringComparison.Ordinal) ? "email_id" : "other",
    };
}
