using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>How the API server answers a patch that cannot be applied.</summary>
public enum PatchFailure
{
    /// <summary>400: the patch itself is not well formed.</summary>
    BadRequest,

    /// <summary>413: too many operations.</summary>
    TooLarge,

    /// <summary>422: it is well formed but does not fit the object.</summary>
    Unprocessable,

    /// <summary>500: Kubernetes gives these no status of their own.</summary>
    Internal,
}

/// <summary>Why a patch could not be applied, in Kubernetes' words.</summary>
public sealed record PatchError(PatchFailure Failure, string Message)
{
    /// <summary>As the API server answers it. Source: apiserver pkg/endpoints/handlers/patch.go.</summary>
    public ApiException ToException() => Failure switch
    {
        PatchFailure.BadRequest => ApiErrors.BadRequest(Message),
        PatchFailure.TooLarge => ApiErrors.RequestEntityTooLarge(Message),
        PatchFailure.Unprocessable => ApiErrors.Generic(422),
        _ => new(new Status { StatusValue = "Failure", Code = 500, Message = Message }),
    };
}

/// <summary>The patched document, or why there is none.</summary>
public sealed record PatchResult(byte[]? Value, PatchError? Error);

/// <summary>Ends the work on a patch; never leaves the classes of this folder.</summary>
internal sealed class PatchException(PatchFailure failure, string message) : Exception(message)
{
    public PatchError Error { get; } = new(failure, message);
}
