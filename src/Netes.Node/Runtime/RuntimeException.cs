using Grpc.Core;

namespace Netes.Nodes.Runtime;

/// <summary>
/// A failed call to the container runtime. The message reads as Kubernetes shows it in statuses and events:
/// <c>rpc error: code = NotFound desc = ...</c>.
/// Source: google.golang.org/grpc/internal/status.
/// </summary>
public sealed class RuntimeException : Exception
{
    public RuntimeException(StatusCode code, string detail, Exception? cause = null)
        : base($"rpc error: code = {code} desc = {detail}", cause)
    {
        Code = code;
        Detail = detail;
    }

    public StatusCode Code { get; }

    public string Detail { get; }

    public bool IsNotFound => Code == StatusCode.NotFound;

    /// <summary>The runtime does not answer at all: it is stopped or restarting.</summary>
    public bool IsUnavailable => Code == StatusCode.Unavailable;
}
