using Netes.ApiServer.Authentication;

namespace Netes.ApiServer;

/// <summary>
/// A request on its way: what came in, what it is about, who asks, and the warnings gathered for the answer.
/// </summary>
internal sealed class RequestContext(ApiCall call, RequestInfo info, UserIdentity user)
{
    public ApiCall Call => call;

    public RequestInfo Info => info;

    public UserIdentity User => user;

    public ApiQuery Query => call.Query;

    /// <summary>For the answer's <c>Warning</c> headers, in order, each once.</summary>
    public List<string> Warnings { get; } = [];

    public Dictionary<string, string> AuditAnnotations { get; } = new(StringComparer.Ordinal);

    public void Warn(string text)
    {
        // Source: apiserver pkg/endpoints/filters/warning.go: at most 4 KiB of warnings, each at most once.
        if (!Warnings.Contains(text) && Warnings.Sum(static warning => warning.Length) + text.Length <= 4096)
        {
            Warnings.Add(text);
        }
    }
}
