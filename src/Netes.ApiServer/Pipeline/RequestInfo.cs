using Netes.Api;

namespace Netes.ApiServer;

/// <summary>
/// What a request is about, read from its method and URL: what authorization, admission and routing decide on.
/// Source: apiserver pkg/endpoints/request/requestinfo.go.
/// </summary>
public sealed record RequestInfo
{
    /// <summary>
    /// False for paths like <c>/healthz</c> and <c>/apis/apps/v1</c>: then only path and verb are set.
    /// </summary>
    public bool IsResourceRequest { get; init; }

    public required string Path { get; init; }

    /// <summary>
    /// get, list, watch, create, update, patch, delete, deletecollection; for other paths the method in lower case.
    /// </summary>
    public required string Verb { get; init; }

    /// <summary><c>api</c> or <c>apis</c>.</summary>
    public string ApiPrefix { get; init; } = "";

    public string ApiGroup { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>
    /// The path after the API prefix, group, version and namespace: resource, name, subresource and what follows.
    /// </summary>
    public ValueList<string> Parts { get; init; }

    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    /// <summary><c>deployments.apps</c>, as messages name it.</summary>
    public string QualifiedResource => ApiErrors.Qualified(ApiGroup, Resource);
}
