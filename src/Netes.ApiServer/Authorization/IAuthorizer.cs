using Netes.Api;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Authorization;

/// <summary>Says whether a user may. Source: apiserver pkg/authorization/authorizer/interfaces.go.</summary>
public interface IAuthorizer
{
    ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancel);
}

/// <summary>
/// What is asked for. Source: apiserver pkg/authorization/authorizer/interfaces.go, AttributesRecord.
/// </summary>
public sealed record AuthorizationAttributes
{
    /// <summary>What a user's request asks for.</summary>
    public static AuthorizationAttributes Of(RequestInfo info, UserIdentity user) => new()
    {
        User = user,
        Verb = info.Verb,
        IsResourceRequest = info.IsResourceRequest,
        Group = info.ApiGroup,
        Version = info.ApiVersion,
        Resource = info.Resource,
        Subresource = info.Subresource,
        Namespace = info.Namespace,
        Name = info.Name,
        Path = info.Path,
        FieldSelector = info.FieldSelector,
        LabelSelector = info.LabelSelector,
    };

    public required UserIdentity User { get; init; }

    /// <summary>
    /// get, list, watch, create, update, patch, delete, deletecollection; lower-case HTTP method elsewhere.
    /// </summary>
    public required string Verb { get; init; }

    /// <summary>False: <see cref="Path"/> says it all.</summary>
    public bool IsResourceRequest { get; init; } = true;

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    public string Path { get; init; } = "";

    /// <summary>The raw field selector of list, watch and deletecollection.</summary>
    public string FieldSelector { get; init; } = "";

    public string LabelSelector { get; init; } = "";

    /// <summary><c>pods/log</c>, or <c>pods</c>.</summary>
    public string CombinedResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";
}

/// <summary>An authorizer's answer.</summary>
public enum AuthorizationVerdict
{
    /// <summary>Ask the next one; at the end of the list it is a no.</summary>
    NoOpinion,

    Allow,

    /// <summary>No, whatever others say.</summary>
    Deny,
}

/// <param name="Verdict">The answer.</param>
/// <param name="Reason">Why; part of the Forbidden message when it is a no.</param>
/// <param name="EvaluationError">What went wrong while deciding; empty when nothing.</param>
public sealed record AuthorizationDecision(
    AuthorizationVerdict Verdict, string Reason = "", string EvaluationError = "")
{
    public static AuthorizationDecision NoOpinion { get; } = new(AuthorizationVerdict.NoOpinion);

    public bool IsAllowed => Verdict == AuthorizationVerdict.Allow;
}
