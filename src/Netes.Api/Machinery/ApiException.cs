using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>The one exception of API failures: it carries the <see cref="Meta.Status"/> a client gets.</summary>
public sealed class ApiException(Status status) : Exception(status.Message)
{
    public Status Status { get; } = status;

    public int Code => Status.Code;

    public string Reason => Status.Reason;

    public bool IsNotFound => Reason == StatusReason.NotFound;

    public bool IsAlreadyExists => Reason == StatusReason.AlreadyExists;

    public bool IsConflict => Reason == StatusReason.Conflict;

    public bool IsInvalid => Reason == StatusReason.Invalid;

    public bool IsForbidden => Reason == StatusReason.Forbidden;

    /// <summary>The revision asked for is gone: list again.</summary>
    public bool IsExpired => Reason is StatusReason.Expired or StatusReason.Gone;

    public bool IsTooManyRequests => Reason == StatusReason.TooManyRequests;
}
