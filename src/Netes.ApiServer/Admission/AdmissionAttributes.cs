using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Admission;

/// <summary>The write that is to be admitted. Source: apiserver pkg/admission/attributes.go.</summary>
public sealed record AdmissionAttributes
{
    public required AdmissionOperation Operation { get; init; }

    public required UserIdentity User { get; init; }

    public required string Group { get; init; }

    public required string Version { get; init; }

    /// <summary>The plural name in the URL.</summary>
    public required string Resource { get; init; }

    public string Subresource { get; init; } = "";

    /// <summary>The kind of <see cref="Object"/>: <c>TokenRequest</c> for <c>serviceaccounts/token</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// Empty for cluster-scoped resources; the namespace's own name for namespaces, as Kubernetes has it.
    /// </summary>
    public string Namespace { get; init; } = "";

    /// <summary>Empty when the server will generate it, and for deletecollection.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The record to be stored, a subresource's record (Binding, Eviction, TokenRequest, PodExecOptions); null on
    /// delete.
    /// </summary>
    public object? Object { get; init; }

    /// <summary>The record that is stored now: on update and delete.</summary>
    public object? OldObject { get; init; }

    /// <summary>Nothing will be stored: plugins keep side effects to themselves.</summary>
    public bool DryRun { get; init; }

    /// <summary>Where plugins put warnings for the client's <c>Warning</c> header.</summary>
    public IList<string> Warnings { get; init; } = [];

    /// <summary>Where plugins put annotations of the audit event.</summary>
    public IDictionary<string, string> AuditAnnotations { get; init; } = new Dictionary<string, string>();

    public ObjectMeta? Metadata => (Object as IKubernetesObject)?.Metadata;

    public ObjectMeta? OldMetadata => (OldObject as IKubernetesObject)?.Metadata;

    /// <summary>
    /// True for <paramref name="group"/>/<paramref name="resource"/>[/<paramref name="subresource"/>].
    /// </summary>
    public bool Is(string group, string resource, string subresource = "") =>
        Resource == resource && Subresource == subresource && Group == group;

    /// <summary>A refusal in Kubernetes' form. Source: apiserver pkg/admission/errors.go, NewForbidden.</summary>
    public ApiException Forbidden(string why) => ApiErrors.Forbidden(Group, Resource, ShownName, why);

    private string ShownName =>
        Name.Length > 0 ? Name
        : Metadata?.Name is { Length: > 0 } name ? name
        : Metadata?.GenerateName is { Length: > 0 } generateName ? generateName
        : "Unknown";
}

/// <summary>What is done. Source: apiserver pkg/admission/interfaces.go.</summary>
public enum AdmissionOperation
{
    Create,
    Update,
    Delete,
    Connect,
}
