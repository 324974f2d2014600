namespace Netes.ApiServer;

/// <summary>
/// Requests without a deadline and without a place in the limits.
/// Source: apiserver pkg/server/filters/longrunning.go; cmd/kube-apiserver, BasicLongRunningRequestCheck.
/// </summary>
internal static class LongRunning
{
    public static bool Is(RequestInfo info, ApiCall call) =>
        info.Verb is "watch" or "proxy"
        || call.Upgrade.Length > 0
        || (info.IsResourceRequest && info.Subresource is ("attach" or "exec" or "proxy" or "log" or "portforward"));
}
